"""A new play: a cast of one's own, just a text, or a scene file with a file for each model."""

import asyncio
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSpacerItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from stage.director.shelving import Shelved
from stage.director.wardrobe import fetch_scene, load_scene, model_file, shipped, with_files
from stage.kit.errors import BadInput, KnownError
from stage.kit.tasks import spawn
from stage.play.scene import Scene
from stage.ui.desk.choosing import Choosing
from stage.ui.dialogs.just_text import JustText
from stage.ui.dialogs.own_scene import OwnScene
from stage.ui.dress import fonts, theme
from stage.ui.dress.eliding import beginning
from stage.ui.pacing.soon import Soon
from stage.ui.widgets.buttons import Button, Segment
from stage.ui.widgets.dialog import Dialog
from stage.ui.widgets.fields import Choice
from stage.ui.widgets.labels import MUTED, heading, label


class NewPlay(Dialog):
    """Asks for a scene and its models.

    Attributes:
        scene: the scene to be set, None until the dialog was accepted.
    """

    def __init__(self, choosing: Choosing | None = None, parent: QWidget | None = None) -> None:
        """Offer to put a scene together, and the shipped scenes."""
        super().__init__(parent)
        self._choosing = choosing or Choosing()
        self.scene: Scene | None = None
        self._read: Scene | None = None
        self._reading: asyncio.Task[None] | None = None
        self._waits = self._eager = False  # a scene is read; it is begun as soon as it is
        self._files: dict[str, QLineEdit] = {}
        self._soon = Soon(self._fit, self)  # once all of it is laid out
        self._shown: list[QWidget] = []
        self.own = OwnScene(self._choosing, self)
        self.text = JustText(self._choosing, self)
        self.pages = QStackedWidget(self)
        self.kinds = [
            Segment(each, each, self)
            for each in (self.tr("Your own cast"), self.tr("Just text"), self.tr("A scene"))
        ]
        self.scenes = Choice(self.tr("Scene"), self)
        self._about = label(role=MUTED, wrap=True, font=fonts.interface(fonts.SMALL))
        self._models = QGridLayout()
        self.error = label(wrap=True)
        theme.dress(self.error, "warning")
        self._another = Button(self.tr("Choose"), parent=self)
        self.begin = Button(self.tr("Begin"), primary=True, parent=self)
        self._prepare()
        self._lay_out()
        self._connect()
        self._turn(self.kinds[0])

    def _prepare(self) -> None:
        self.setWindowTitle(self.tr("New play"))
        for file in shipped("scenes"):
            self.scenes.addItem(_title(file), str(file))
        self._another.setAccessibleName(self.tr("Choose a scene file"))
        self.scenes.setSizeAdjustPolicy(
            Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.error.hide()

    def _lay_out(self) -> None:
        kinds = QHBoxLayout()
        kinds.setSpacing(2)
        for segment in self.kinds:
            kinds.addWidget(segment)
        kinds.addStretch(1)
        for page in (self.own, self.text, self._scene_page()):
            self.pages.addWidget(page)
        column = self.column
        column.addLayout(kinds)
        column.addWidget(self.pages, 1)
        column.addSpacerItem(QSpacerItem(512, 0))  # no narrower, and wider for longer words
        column.addWidget(self.error)
        self.add_foot(self.begin)

    def _scene_page(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self.scenes, 1)
        first.addWidget(self._another)
        column.addLayout(first)
        column.addWidget(self._about)
        column.addSpacing(8)
        column.addWidget(heading(self.tr("A GGUF file for each model")))
        self._models.setHorizontalSpacing(10)
        self._models.setVerticalSpacing(8)
        self._models.setColumnStretch(1, 1)
        column.addLayout(self._models)
        column.addStretch(1)
        return page

    def _connect(self) -> None:
        self.scenes.activated.connect(self._chosen)
        self._another.clicked.connect(self._choose_scene_file)
        self.begin.clicked.connect(self.try_to_begin)
        self.own.said.connect(self._say)
        self.own.grown.connect(self._soon.ask)
        for segment in self.kinds:
            segment.setAutoExclusive(True)  # arrow keys go from one to the other
            segment.clicked.connect(self._switched)
        self.kinds[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _switched(self) -> None:
        self._turn(next(each for each in self.kinds if each is self.sender()))

    def _turn(self, to: Segment) -> None:
        """Show a cast of one's own, or the scenes there are."""
        for at, segment in enumerate(self.kinds):
            segment.setChecked(segment is to)
            if segment is to:
                self.pages.setCurrentIndex(at)
        self._say("")
        self._eager = False
        if to is self.kinds[-1] and self._reading is None:
            self._chosen()
        self._allow()

    def _allow(self) -> None:
        made_here = self.pages.currentWidget() in (self.own, self.text)
        self.begin.setEnabled(made_here or self._waits or self._read is not None)

    def _fit(self) -> None:
        """As high as everything in it needs; long words of a card are no reason to be wider."""
        self.put_in_order()  # somebody came into the cast, or left it
        self.column.activate()
        wide = max(self.width(), self.minimumSizeHint().width())
        high = max(self.sizeHint().height(), self.column.totalHeightForWidth(wide))
        self.resize(wide, max(self.height(), high))

    def offer_models(self, found: Sequence[Shelved]) -> None:
        """Offer model files of the shelf, wherever one is chosen."""
        for page in (self.own, self.text):
            page.offer_models(found)

    # the scene

    def choose_scene(self, file: str) -> None:
        """Choose a scene file, shipped or not."""
        at = self.scenes.findData(file)
        if at < 0:
            at = self.scenes.count()
            self.scenes.addItem(Path(file).stem, file)
        self.scenes.setCurrentIndex(at)
        self._chosen(goes_on=True)
        self._turn(self.kinds[-1])

    def try_to_begin(self) -> None:
        """Accept when everything can be read, else say what is wrong; a scene is waited for."""
        made_here = self.pages.currentWidget() in (self.own, self.text)
        self._eager = self._waits and not made_here
        if self._eager:
            return
        try:
            scene = self._made()
            for file in scene.models.values():
                model_file(file)
        except KnownError as error:
            self._say(error.sentence)
            return
        self.scene = scene
        self.accept()

    def _made(self) -> Scene:
        for page in (self.own, self.text):
            if self.pages.currentWidget() is page:
                return page.made()
        if self._read is None:
            raise BadInput(self.tr("No scene is read; choose one."))
        given = {name: field.text().strip() for name, field in self._files.items()}
        return with_files(self._read, given)

    def _choose_scene_file(self) -> None:
        title, names = self.tr("Choose a scene"), self.tr("Scenes (*.toml)")
        self._choosing.one(self, "scenes", title, names, self.choose_scene)

    def _chosen(self, _: int = 0, *, goes_on: bool = False) -> None:
        """Read the scene that is chosen; the window goes on meanwhile.

        Args:
            goes_on: Enter begins it then.
        """
        self._say("")
        self._read, self._waits, self._eager = None, True, False
        self._about.setText(self.tr("Reading ..."))
        self._show_models()
        self._allow()
        self._stop_reading()
        self._reading = spawn(self._fetch(self.scenes.currentIndex(), goes_on), name="read a scene")

    async def _fetch(self, at: int, goes_on: bool) -> None:
        try:
            read = await fetch_scene(Path(str(self.scenes.itemData(at))))
        except KnownError as error:
            self._waits = False
            self._about.setText("")
            self._say(error.sentence)
            self._allow()
            return
        self._read, self._waits = read, False
        names = ", ".join(member.label for member in read.cast)
        self._about.setText(f"{beginning(read.setting)}\n{names}")
        self.scenes.setItemText(at, beginning(read.title))
        self._show_models()
        self._allow()
        if goes_on:
            self.begin.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._eager:
            self.try_to_begin()

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()

    def done(self, result: int) -> None:
        """Nobody waits for a scene any more."""
        self._stop_reading()
        super().done(result)

    # its models

    def _show_models(self) -> None:
        for widget in self._shown:
            self._models.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown.clear()
        self._files.clear()
        for at, (name, file) in enumerate(self._read.models.items() if self._read else ()):
            field = QLineEdit(file, self)
            field.setAccessibleName(self.tr("File of the model {0}").format(name))
            theme.dress(field, "field")
            choose = Button(self.tr("Choose"), parent=self)
            choose.setAccessibleName(self.tr("Choose the file of the model {0}").format(name))
            choose.setProperty("model", name)
            choose.clicked.connect(self._choose_model)
            row: list[QWidget] = [label(name), field, choose]
            for column, widget in enumerate(row):
                self._models.addWidget(widget, at, column)
            self._shown += row
            self._files[name] = field
        self.put_in_order()

    def _choose_model(self) -> None:
        field = self._files[str(self.sender().property("model"))]
        title, names = self.tr("Choose a model"), self.tr("Models (*.gguf)")
        self._choosing.one(self, "models", title, names, field.setText)

    def _say(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self._soon.ask()


@cache
def _title(file: Path) -> str:
    """The title of a shipped scene; those do not change."""
    try:
        return load_scene(file).title
    except KnownError:
        return file.stem

"""A play of nothing but a text: what it begins with, and which models go on with it."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from stage.director.shelving import Shelved
from stage.director.wardrobe import text_scene
from stage.play.scene import Scene
from stage.ui.desk.choosing import Choosing
from stage.ui.dialogs.actors import Actors
from stage.ui.dress import fonts, theme
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.dialog import form
from stage.ui.widgets.fields import Choice
from stage.ui.widgets.labels import MUTED, heading, label
from stage.ui.widgets.typed import Typed

ROWS = 7  # of the text that are seen without scrolling


class JustText(QWidget):
    """Asks for a text and a model, or two.

    Signals:
        said: what went wrong, or "".
    """

    said = Signal(str)

    def __init__(self, choosing: Choosing, parent: QWidget | None = None) -> None:
        """Offer the shipped models; those of the shelf come with `offer_models`."""
        super().__init__(parent)
        self._choosing = choosing
        self._actors = Actors()
        self._chosen = False  # a model by the user's own hand
        self.text = Typed(self)
        self.model = Choice(self.tr("Continued by"), self)
        self.beside = Choice(self.tr("And beside it by"), self)
        self.title = QLineEdit(self)
        self.more = Button(self.tr("Other model files ..."), parent=self)
        self._prepare()
        self._lay_out()
        self._offer(self._actors.files)
        self.model.activated.connect(self._choose)
        self.more.clicked.connect(self._choose_models)

    def _prepare(self) -> None:
        self.text.setAccessibleName(self.tr("The text it begins with"))
        self.text.setPlaceholderText(self.tr("Once upon a time; or nothing yet"))
        self.text.setFont(fonts.spoken())
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(ROWS * self.text.fontMetrics().lineSpacing())
        theme.dress(self.text, "text")
        self.title.setAccessibleName(self.tr("Title of the play"))
        self.title.setPlaceholderText(self.tr("the first words of the text"))
        theme.dress(self.title, "field")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(heading(self.tr("The text it begins with")))
        column.addWidget(self.text, 1)
        told = self.tr(
            "Models go on where it ends, as it stands: no names, no cards, no instructions."
        )
        column.addWidget(label(told, role=MUTED, wrap=True, font=fonts.interface(fonts.SMALL)))
        column.addSpacing(8)
        column.addLayout(form((self.model, self.beside, self.title)))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.more)
        column.addLayout(row)

    # models

    def offer_models(self, found: Sequence[Shelved]) -> None:
        """Offer model files of the shelf."""
        self._offer(self._actors.find(found))

    def add_models(self, files: Sequence[str]) -> None:
        """Offer model files; the last of them continues the text."""
        names = self._actors.add(files)
        self._offer(names)
        self.model.setCurrentIndex(self.model.findData(names[-1]))
        self._chosen = True
        self._offer_others()

    def _offer(self, names: Iterable[str]) -> None:
        for name in names:
            self.model.addItem(name, name)
        if not self._chosen:
            self.model.setCurrentIndex(self.model.findData(self._actors.likely(chat=False)))
        self._offer_others()

    def _offer_others(self) -> None:
        """Beside a model stands another one."""
        kept, first = self.beside.currentData(), self.model.currentData()
        self.beside.clear()
        self.beside.addItem(self.tr("no other model"), "")
        for name in self._actors.files:
            if name != first:
                self.beside.addItem(name, name)
        self.beside.setCurrentIndex(max(0, self.beside.findData(kept)))

    def _choose(self, _: int) -> None:
        self._chosen = True
        self._offer_others()

    def _choose_models(self) -> None:
        title, names = self.tr("Choose models"), self.tr("Models (*.gguf)")
        self._choosing.some(self, "models", title, names, self.add_models)

    # the scene

    def made(self) -> Scene:
        """The scene as put together. Raises BadInput."""
        wanted = [str(each.currentData() or "") for each in (self.model, self.beside)]
        models = {name: self._actors.files[name] for name in wanted if name}
        return text_scene(self.text.toPlainText(), models, self.title.text())

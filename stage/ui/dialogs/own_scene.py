"""A scene of one's own: cards, who plays them, and the greeting it begins with."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from stage.director.cards import take_in
from stage.director.shelving import Shelved
from stage.director.wardrobe import compose_scene, shipped
from stage.kit.errors import BadInput, KnownError
from stage.kit.tasks import spawn
from stage.play.persona import Persona
from stage.play.scene import Scene
from stage.ui import theme
from stage.ui.choosing import Choosing
from stage.ui.widgets.buttons import Button, Link
from stage.ui.widgets.fields import Choice
from stage.ui.widgets.labels import Elided, heading
from stage.ui.widgets.scrolled import Scrolled

MOST = 5  # members before their list scrolls
HUMAN, NOBODY, EVERYBODY = "human", "", "*"


class Adding(Choice):
    """Adds what is chosen from its list; wheel and arrows do not choose by the way."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel is not meant for it."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows open the list."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.showPopup()
            return
        super().keyPressEvent(event)


class OwnScene(QWidget):
    """Puts a scene together.

    Signals:
        said: what went wrong, or "".
        grown: it needs another height.
    """

    said = Signal(str)
    grown = Signal()

    def __init__(self, choosing: Choosing, parent: QWidget | None = None) -> None:
        """Offer the shipped models; personas come with `offer`."""
        super().__init__(parent)
        self._choosing = choosing
        self._personas: dict[str, Persona] = {}
        self._cast: dict[str, Choice] = {}  # persona name -> who plays it
        self._shown: list[QWidget] = []
        self._models = [(each.stem, each.stem, "chat" in each.stem) for each in shipped("models")]
        self.add = Adding(self.tr("Add somebody to the cast"), self)
        self.bring = Button(self.tr("Import cards ..."), parent=self)
        self.more = Button(self.tr("Other model files ..."), parent=self)
        self.you = self._field(self.tr("You are"), self.tr("nobody: the models play alone"))
        self.title = self._field(self.tr("Title of the play"), "")
        self.setting = self._field(self.tr("Setting"), self.tr("where and when, for everybody"))
        self.greeting = Choice(self.tr("Begins with"), self)
        self._rows = QGridLayout()
        self.you.setText(self.tr("Guest"))
        self.add.setPlaceholderText(self.tr("Add somebody ..."))
        self.add.setToolTip(self.tr("Your own cards first, then those that come with Stage"))
        self._lay_out()
        self._show_cast()
        self.add.activated.connect(self._added)
        self.bring.clicked.connect(self._choose_cards)
        self.more.clicked.connect(self._choose_models)

    def _field(self, name: str, hint: str) -> QLineEdit:
        made = QLineEdit(self)
        made.setAccessibleName(name)
        made.setPlaceholderText(hint)
        theme.dress(made, "field")
        return made

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(heading(self.tr("Cast, and who plays each")))
        self._rows.setHorizontalSpacing(10)
        self._rows.setVerticalSpacing(6)
        self._rows.setColumnStretch(0, 1)
        self._rows.setContentsMargins(0, 0, 4, 0)
        self._area = Scrolled(self._rows, self)
        column.addWidget(self._area)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.add, 1)
        row.addWidget(self.bring)
        row.addWidget(self.more)
        column.addLayout(row)
        column.addSpacing(8)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for at, field in enumerate((self.you, self.greeting, self.title, self.setting)):
            grid.addWidget(heading(field.accessibleName()), at, 0)
            grid.addWidget(field, at, 1)
        column.addLayout(grid)

    # what may be chosen

    def offer(self, personas: Mapping[str, Persona]) -> None:
        """Offer personas by the names that scenes call them."""
        self._personas |= personas
        self._fill()

    def offer_models(self, found: Sequence[Shelved]) -> None:
        """Offer model files for everybody in the cast."""
        ours = {each.absolute() for each in shipped("models")}
        for each in found:
            known = any(file == str(each.path) for _, file, _ in self._models)
            if each.card is not None and each.path.absolute() not in ours and not known:
                name = self._fresh(each.path.stem)
                self._models.append((name, str(each.path), each.card.kind == "chat"))
                for choice in self._cast.values():
                    choice.addItem(name, name)

    def _fresh(self, stem: str) -> str:
        taken = {name for name, _, _ in self._models}
        numbers = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
        return stem if stem not in taken else next(each for each in numbers if each not in taken)

    def _fill(self) -> None:
        self.add.clear()
        for name, card in self._personas.items():
            if name not in self._cast:
                self.add.addItem(card.name, name)
        self.add.setCurrentIndex(-1)

    # the cast

    def cast(self, name: str, actor: str = "") -> None:
        """Let a persona take part, played by a model of a name or by "human"."""
        if name not in self._cast:
            choice = Choice(self.tr("Who plays {0}").format(self._personas[name].name), self)
            for model, _, _ in self._models:
                choice.addItem(model, model)
            choice.addItem(self.tr("you"), HUMAN)
            self._cast[name] = choice
        chosen = self._cast[name].findData(actor or self._likely())
        self._cast[name].setCurrentIndex(max(0, chosen))
        self._show_cast()

    def _likely(self) -> str:
        """One's own model rather than a shipped one, a chat model rather than a base model."""
        ours = {each.stem for each in shipped("models")}
        best = max(self._models, key=lambda each: (each[1] not in ours, each[2]), default=("",))
        return best[0]

    def _show_cast(self) -> None:
        for widget in self._shown:
            self._rows.removeWidget(widget)
            if not isinstance(widget, Choice):
                widget.hide()
                widget.deleteLater()
        self._shown = []
        for at, (name, choice) in enumerate(self._cast.items()):
            out = Link(self.tr("Take out"), self)
            out.setAccessibleName(self.tr("Take {0} out").format(self._personas[name].name))
            out.setProperty("persona", name)
            out.clicked.connect(self._taken_out)
            who = Elided(parent=self)
            who.set_text(self._personas[name].name)
            row: list[QWidget] = [who, choice, out]
            for column, widget in enumerate(row):
                self._rows.addWidget(widget, at, column)
                widget.show()
            self._shown += row
        seen = min(len(self._cast), MOST)
        self._area.setVisible(seen > 0)
        self._area.setFixedHeight(seen * (self.add.sizeHint().height() + 6) + 2)
        self._fill()
        self._offer_greetings()
        names = (self._personas[each].name for each in self._cast)
        self.title.setPlaceholderText(", ".join(names) or self.tr("Untitled"))
        self.grown.emit()

    def _offer_greetings(self) -> None:
        greeters = [name for name in self._cast if self._personas[name].greetings]
        was, before = self.greeting.currentData(), self.greeting.count()
        self.greeting.clear()
        for name in greeters:
            text = self.tr("the greeting of {0}").format(self._personas[name].name)
            self.greeting.addItem(text, name)
        if len(greeters) > 1:
            self.greeting.addItem(self.tr("everybody's greeting"), EVERYBODY)
        self.greeting.addItem(self.tr("nothing: the first line is yet to be said"), NOBODY)
        self.greeting.setCurrentIndex(max(0, self.greeting.findData(was)) if before > 1 else 0)

    def _added(self, at: int) -> None:
        self.cast(str(self.add.itemData(at)))

    def _taken_out(self) -> None:
        self.take_out(str(self.sender().property("persona")))

    def take_out(self, name: str) -> None:
        """Let a persona no longer take part."""
        choice = self._cast.pop(name)
        choice.hide()
        self._show_cast()
        choice.deleteLater()

    # files

    def _choose_cards(self) -> None:
        names = self.tr("Character cards (*.png *.json *.charx);;All files (*)")
        title = self.tr("Import cards")
        self._choosing.some(self, "cards", title, names, self._chosen_cards)

    def _chosen_cards(self, files: list[str]) -> None:
        spawn(self.bring_in(files), name="import cards")

    async def bring_in(self, files: Sequence[str]) -> None:
        """Import cards, and cast them."""
        self.said.emit("")
        for file in files:
            try:
                name, card = await take_in(Path(file))
            except KnownError as error:
                self.said.emit(error.sentence)
                return
            self._personas = {name: card.persona, **self._personas}
            self.cast(name)

    def _choose_models(self) -> None:
        title, names = self.tr("Choose models"), self.tr("Models (*.gguf)")
        self._choosing.some(self, "models", title, names, self.add_models)

    def add_models(self, files: Sequence[str]) -> None:
        """Offer model files; whoever is cast next is played by the last of them."""
        for file in files:
            name = self._fresh(Path(file).stem)
            self._models.append((name, file, True))
            for choice in self._cast.values():
                choice.addItem(name, name)

    # the scene

    def made(self) -> Scene:
        """The scene as put together. Raises BadInput."""
        if not self._cast:
            raise BadInput("Nobody is in the cast; add somebody first.")
        files = {name: file for name, file, _ in self._models}
        played = {name: str(choice.currentData()) for name, choice in self._cast.items()}
        cast: list[dict[str, Any]] = []
        for name, actor in played.items():
            by = {"actor": HUMAN} if actor == HUMAN else {"model": actor}
            cast.append({"persona": name, **by})
        if you := self.you.text().strip():
            cast.append({"name": you, "actor": HUMAN})
        used = [name for name in files if name in played.values()] or list(files)[:1]
        greets = self.greeting.currentData()
        greeters = [each for each in self._cast if self._personas[each].greetings]
        opening = [
            {"speaker": self._personas[name].name, "greeting": True}
            for name in greeters
            if greets in (name, EVERYBODY)
        ]
        return compose_scene(
            {
                "title": self.title.text().strip() or self.title.placeholderText(),
                "setting": self.setting.text().strip(),
                "models": {name: files[name] for name in used},
                "cast": cast,
                "opening": opening,
            }
        )

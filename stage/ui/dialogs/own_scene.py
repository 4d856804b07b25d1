"""A scene of one's own: cards, who plays them, and the greeting it begins with."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from stage.director.cards import SUFFIXES, take_in
from stage.director.shelving import Shelved
from stage.director.wardrobe import compose_scene
from stage.kit.errors import BadInput, KnownError
from stage.kit.tasks import spawn
from stage.play.persona import Persona
from stage.play.prompting import FRAMES
from stage.play.scene import Scene
from stage.ui import hints, words
from stage.ui.desk.choosing import Choosing
from stage.ui.dialogs.actors import Actors
from stage.ui.dialogs.asking import ask
from stage.ui.dialogs.brought import Brought
from stage.ui.dialogs.castrow import CastRow
from stage.ui.dialogs.new_persona import NewPersona
from stage.ui.dress import theme
from stage.ui.widgets.adding import Adding
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.dialog import form
from stage.ui.widgets.dropped import files
from stage.ui.widgets.fields import Check, Choice
from stage.ui.widgets.labels import MUTED, heading, label
from stage.ui.widgets.scrolled import Scrolled

MOST = 5  # members before their list scrolls
HUMAN, NOBODY, EVERYBODY = "human", "", "*"
RULED = (  # rules that need nothing but a cast, the first one unless another is chosen; /preset
    "natural", "natural/st", "round_robin", "list", "pooled", "mention", "talkativeness",
    "manual", "model", "director",
)  # fmt: skip


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
        self.setAcceptDrops(True)
        self.brought = Brought()
        self._personas: dict[str, Persona] = {}
        self._cast: dict[str, CastRow] = {}  # by the name of the persona
        self.actors = Actors()
        self.add = Adding(self)
        self.write = Button(self.tr("New persona ..."), parent=self)
        self.bring = Button(self.tr("Import cards ..."), parent=self)
        self.more = Button(self.tr("Other model files ..."), parent=self)
        self.you = _field(self.tr("You are"), self.tr("nobody: the models play alone"), self)
        known = self.tr("what everybody may know: a deserter with a limp")
        self.about = _field(self.tr("About you"), known, self)
        self.title = _field(self.tr("Title of the play"), "", self)
        self.title.setToolTip(self.tr("Models may read it: scripts begin with it."))
        self.setting = _field(self.tr("Setting"), self.tr("where and when, for everybody"), self)
        self.lore = Check(self.tr("The lorebook of the play that this cast was in"), self)
        self.lore.hide()
        self.greeting = Choice(self.tr("Begins with"), self)
        self.frame = Choice(self.tr("Form of prompts"), self)
        self.frame.addItem(self.tr("as each model's kind has it"), None)
        for name in FRAMES.names:
            self.frame.addItem(words.frame(name), name)
        hints.explain(self.frame, hints.FRAMES)
        self.rule = Choice(self.tr("Who speaks"), self)
        for name in RULED:
            self.rule.addItem(words.rule(name), name)
        self._rows = QVBoxLayout()
        self.be(self.tr("Guest"), "")
        self._lay_out()
        self._show_cast()
        self.add.activated.connect(self._added)
        self.write.clicked.connect(self._write)
        self.bring.clicked.connect(self._choose_cards)
        self.more.clicked.connect(self._choose_models)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(heading(self.tr("Cast, and who plays each")))
        self._rows.setSpacing(6)
        self._rows.setContentsMargins(0, 0, 4, 0)
        self._area = Scrolled(self._rows, self)
        column.addWidget(self._area)
        nobody = self.tr("Nobody yet: add a persona, and a model plays it.")
        self._nobody = label(nobody, role=MUTED, wrap=True)
        column.addWidget(self._nobody)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.add, 1)
        for each in (self.write, self.bring, self.more):
            row.addWidget(each)
        column.addLayout(row)
        column.addSpacing(8)
        who = (self.you, self.about, self.rule, self.frame)
        fields = (*who, self.greeting, self.title, self.setting)
        column.addLayout(form(fields))
        column.addWidget(self.lore)

    def be(self, name: str, about: str) -> None:
        """Be somebody, as one was the last time."""
        self.you.setText(name)
        self.about.setText(about)
        self._before = name

    # what may be chosen

    def offer(self, personas: Mapping[str, Persona]) -> None:
        """Offer personas by the names that scenes call them."""
        self._personas |= personas
        self.add.offer(self._personas, self._cast)

    def offer_models(self, found: Sequence[Shelved]) -> None:
        """Offer model files for everybody in the cast."""
        self._offer_actors(self.actors.find(found))

    def _offer_actors(self, names: Sequence[str]) -> None:
        for row in self._cast.values():
            for name in names:
                row.actor.addItem(name, name)

    # the cast

    def cast(self, name: str, actor: str = "") -> None:
        """Let a persona take part, played by a model of a name or by "human"."""
        if name not in self._cast:
            row = self._cast[name] = CastRow(self._personas[name], self)
            for model in self.actors.files:
                row.actor.addItem(model, model)
            row.actor.addItem(self.tr("you"), HUMAN)
            row.actor.activated.connect(self._acted)
            row.out.connect(partial(self.take_out, name))
            self._rows.addWidget(row)
            row.show()
            row.face.settled.connect(self._show_cast)
        actors = self._cast[name].actor
        actors.setCurrentIndex(max(0, actors.findData(actor or self.actors.likely())))
        self._show_cast()

    def _show_cast(self) -> None:
        rows = list(self._cast.values())[:MOST]
        self._area.setVisible(bool(rows))
        self._nobody.setVisible(not rows)
        self._area.setFixedHeight(sum(row.sizeHint().height() + 6 for row in rows) + 2)
        self.add.offer(self._personas, self._cast)
        self._offer_greetings()
        names = (self._personas[each].name for each in self._cast)
        self.title.setPlaceholderText(", ".join(names) or self.tr("Untitled"))
        self.grown.emit()

    def _offer_greetings(self, *_: int) -> None:
        greeters = self._greeters()
        was, before = self.greeting.currentData(), self.greeting.count()
        self.greeting.clear()
        for name in greeters:
            text = self.tr("the greeting of {0}").format(self._personas[name].name)
            self.greeting.addItem(text, name)
        if len(greeters) > 1:
            self.greeting.addItem(self.tr("everybody's greeting"), EVERYBODY)
        self.greeting.addItem(self.tr("nothing: the first line is yet to be said"), NOBODY)
        self.greeting.setCurrentIndex(max(0, self.greeting.findData(was)) if before > 1 else 0)

    def _acted(self, _: int) -> None:
        """Who plays one of the cast is nobody else beside it, unless a name was typed."""
        plays = any(row.actor.currentData() == HUMAN for row in self._cast.values())
        if plays and self.you.text() == self._before:
            self.you.clear()
        self._offer_greetings()

    def _added(self, at: int) -> None:
        self.cast(str(self.add.itemData(at)))

    def take_out(self, name: str) -> None:
        """Let a persona no longer take part."""
        row = self._cast.pop(name)
        self._rows.removeWidget(row)
        row.hide()
        self._show_cast()
        row.deleteLater()

    # files

    def _choose_cards(self) -> None:
        names = self.tr("Character cards (*.png *.json *.charx);;All files (*)")
        title = self.tr("Import cards")
        self._choosing.some(self, "cards", title, names, self._chosen_cards)

    def _chosen_cards(self, files: list[str]) -> None:
        spawn(self.bring_in(files), name="import cards")

    async def bring_in(self, cards: Sequence[str]) -> None:
        """Import cards, and cast them; one that cannot be read keeps no other one out."""
        self.said.emit("")
        told: list[str] = []
        for file in cards:
            try:
                name, card = await take_in(Path(file))
            except KnownError as error:
                told.append(error.sentence)
                continue
            self._join(name, card.persona)
            if card.unknown:
                idle = self.tr("Of {0} is kept and not used: {1}.")
                told.append(idle.format(card.persona.name, ", ".join(card.unknown)))
        self.said.emit(" ".join(told))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Cards can be dropped."""
        if files(event.mimeData(), *SUFFIXES):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Cast whom was dropped."""
        self._chosen_cards(files(event.mimeData(), *SUFFIXES))

    def _join(self, name: str, persona: Persona) -> None:
        self._personas = {name: persona, **self._personas}
        self.cast(name)

    def _write(self) -> None:
        spawn(self._ask_persona(), name="new persona")

    async def _ask_persona(self) -> None:
        dialog = NewPersona(self.window())
        await ask(dialog)
        if dialog.made is not None:
            self._join(*dialog.made)

    def _choose_models(self) -> None:
        title, names = self.tr("Choose models"), self.tr("Models (*.gguf)")
        self._choosing.some(self, "models", title, names, self.add_models)

    def add_models(self, files: Sequence[str]) -> None:
        """Offer model files; whoever is cast next is played by the last of them."""
        self._offer_actors(self.actors.add(files))

    # the scene

    def made(self) -> Scene:
        """The scene as put together. Raises BadInput."""
        if not self._cast:
            raise BadInput("Nobody is in the cast; add somebody first.")
        files = self.actors.files
        played = {name: str(row.actor.currentData()) for name, row in self._cast.items()}
        me = self.you.text().strip(), self.about.text().strip()
        used = [name for name in files if name in played.values()] or list(files)[:1]
        greets = self.greeting.currentData()
        opening = [
            {"speaker": self._personas[name].name, "greeting": True}
            for name in self._greeters()
            if greets in (name, EVERYBODY)
        ]
        scene = compose_scene(
            {
                "title": self.title.text().strip() or self.title.placeholderText(),
                "setting": self.setting.text().strip(),
                "models": {name: files[name] for name in used},
                "cast": members(played, me, self.frame.currentData(), self.brought),
                "opening": opening,
                "rule": str(self.rule.currentData()).partition("/")[0],
                "params": _params(str(self.rule.currentData()), len(self._cast)),
            }
        )
        return replace(scene, book=self.brought.book) if self.lore.isChecked() else scene

    def _greeters(self) -> list[str]:
        """Who may open the play, which depends on how many there are for models to play."""
        played = [row.actor.currentData() for row in self._cast.values()]
        group = sum(actor != HUMAN for actor in played) > 1
        return [each for each in self._cast if self._personas[each].openings(group=group)]


def _field(name: str, hint: str, parent: QWidget) -> QLineEdit:
    made = QLineEdit(parent)
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    theme.dress(made, "field")
    return made


def _params(rule: str, many: int) -> dict[str, Any]:
    """The settings of a rule for so many members of the cast."""
    name, _, preset = rule.partition("/")
    # Alone with a person, it may go on when nothing was said to it.
    alone = name == "natural" and many == 1
    return ({"allow_self": True} if alone else {}) | ({"preset": preset} if preset else {})


def members(
    played: Mapping[str, str], me: tuple[str, str], frame: str | None, brought: Brought
) -> list[dict[str, Any]]:
    """The cast as a scene has it.

    Args:
        played: by whom each persona is played.
        me: the person's own name and what all may know of it; "" for nobody, for nothing.
        frame: the form of all prompts; None: as it was, else as each model's kind has it.
        brought: what is true of members besides.
    """
    form = {} if frame is None else {"frame": frame}
    cast: list[dict[str, Any]] = []
    for name, actor in played.items():
        by = {"actor": HUMAN} if actor == HUMAN else {"model": actor}
        cast.append({"persona": name, **brought.of(name, actor), **by, **form})
    name, about = me
    if name:
        public = {"public": about} if about else {}
        cast.append({"name": name, "actor": HUMAN, **form, **public})
    return cast

"""The states of the models of the play on stage, in words."""

import asyncio
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from stage.director.events import Changed, Changes, LineGrew, ModelChanged, Progress, TurnEnded
from stage.director.opened import OpenPlay
from stage.director.wardrobe import missing
from stage.kit.tasks import spawn
from stage.ui import words
from stage.ui.desk.bridge import Bridge
from stage.ui.desk.session import Session


@dataclass(frozen=True)
class Standing:
    """How a model stands.

    Attributes:
        name: the scene's name of it.
        title: as it is shown.
        phase: as ModelChanged has it, "missing" when there is no file.
        words: the phase in words.
        details: the last rows its worker wrote.
    """

    name: str
    title: str
    phase: str
    words: str
    details: tuple[str, ...] = ()


class Shelf(QObject):
    """Follows what is told about models.

    Signals:
        changed: a model stands otherwise.
        prepared: a model's name and how far it got with a prompt, "" at the end.
    """

    changed = Signal()
    prepared = Signal(str, str)

    def __init__(self, session: Session, bridge: Bridge) -> None:
        """Follow the models of a session's play."""
        super().__init__(session)
        self._session = session
        self._told: dict[str, ModelChanged] = {}
        self._preparing: set[str] = set()
        self._missing: frozenset[str] = frozenset()  # files, as far as was looked
        self._looking: asyncio.Task[None] | None = None
        bridge.model_changed.connect(self._model_changed)
        bridge.progressed.connect(self._progressed)
        bridge.grew.connect(self._grew)
        bridge.turn_ended.connect(self._turn_ended)
        bridge.changed.connect(self._heard)
        session.opened.connect(self._opened)

    def standings(self) -> list[Standing]:
        """The models of the play, in the scene's order."""
        play = self._session.play
        if play is None:
            return []
        return [self._standing(name, play.title_of(name)) for name in play.scene.models]

    def _standing(self, name: str, title: str) -> Standing:
        file = self._session.play.models.get(name) if self._session.play else None
        told = self._told.get(str(file))
        if told is None:
            lost = str(file) in self._missing
            phase, said = ("missing", "file missing") if lost else ("closed", "not loaded")
            return Standing(name, title, phase, words.tr("words", said))
        told_words = words.phase(told.phase)
        if told.phase == "loading" and told.progress is not None:
            told_words = words.progress("reading weights", round(100 * told.progress), 100)
        return Standing(name, title, told.phase, told_words, told.details)

    def _heard(self, event: Changed) -> None:
        if event.changes & Changes.PLAYS:  # its models may be others
            self._look()

    def _opened(self) -> None:
        self._session.agenda.add(self.changed.emit)
        self._look()

    def _look(self) -> None:
        """Look for the files, for which the window's thread does not wait."""
        if self._looking is not None:
            self._looking.cancel()
        if self._session.play is not None:
            self._looking = spawn(self._seek(self._session.play), name="files of models")

    async def _seek(self, play: OpenPlay) -> None:
        found = await missing(play.models.values())
        if self._session.play is play and found != self._missing:
            self._missing = found
            self.changed.emit()

    def _model_changed(self, event: ModelChanged) -> None:
        self._told[event.path] = event
        self.changed.emit()

    def _progressed(self, event: Progress) -> None:
        self._preparing.add(event.model)
        self.prepared.emit(event.model, words.progress(event.what, event.done, event.total))

    def _grew(self, event: LineGrew) -> None:
        model = str(event.line.model)
        if model in self._preparing:
            self._preparing.discard(model)
            self.prepared.emit(model, "")

    def _turn_ended(self, event: TurnEnded) -> None:
        self._look()
        for name in self._preparing.intersection(self._session.models):
            self._preparing.discard(name)
            self.prepared.emit(name, "")

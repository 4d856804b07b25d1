"""The models on the shelf without widgets: scanned, judged, loaded; each told as it changes."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from stage.director.director import Director
from stage.director.events import ModelChanged
from stage.director.shelving import Judged, Shelved, Standing, Use
from stage.director.working import Stopped, Work
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.ui.desk.bridge import Bridge
from stage.ui.desk.preferences import Preferences


class Stock(QObject):
    """Model files and what is known of each.

    Attributes:
        scanning: places are being looked through; `work` says how far.

    Signals:
        changed: the list is another one, or a scan begins or ends.
        told: something about the model at a path.
    """

    changed = Signal()
    told = Signal(str)

    def __init__(
        self, director: Director, bridge: Bridge, prefs: Preferences, parent: QObject | None = None
    ) -> None:
        """Ask a director's shelving; nothing is read yet."""
        super().__init__(parent)
        self._director, self._prefs = director, prefs
        self._found: dict[Path, Shelved] = {}
        self._judged: dict[Path, Judged | str] = {}
        self._judging: asyncio.Task[None] | None = None
        self._failed: dict[Path, str] = {}
        self._states: dict[Path, ModelChanged] = {}
        self.work = Work()
        self.scanning = False
        self._again = False
        bridge.model_changed.connect(self._model_changed)
        prefs.changed.connect(self._preferred)

    # files

    @property
    def shelved(self) -> list[Shelved]:
        """What was found, models by name first, then what cannot be played."""
        return sorted(self._found.values(), key=_rank)

    def get(self, path: Path) -> Shelved | None:
        """What was found at a path."""
        return self._found.get(path)

    def scan(self) -> None:
        """Look through every place once more."""
        if self.scanning:
            self._again = True
            self.work.stop()
            return
        self.scanning, self._again, self.work = True, False, Work()
        self.changed.emit()
        spawn(self._scan(self.work), name="scan models")

    def stop(self) -> None:
        """Stop looking; what was found stays."""
        self.work.stop()

    def watch(self, paths: Sequence[str]) -> None:
        """Look in these places, too, from now on."""
        kept = self._prefs.get("watched")
        self._prefs.set("watched", list(dict.fromkeys([*kept, *paths])))

    async def _scan(self, work: Work) -> None:
        seen: set[Path] = set()
        more = [Path(each) for each in self._prefs.get("watched")]
        try:
            async for some in self._director.shelving.scan(work, more):
                seen |= {each.path for each in some}
                self._found |= {each.path: each for each in some}
                self.changed.emit()
            self._found = {path: each for path, each in self._found.items() if path in seen}
        except Stopped:
            pass
        finally:
            self.scanning = False
            self.changed.emit()
        if self._again:
            self.scan()

    # one model

    def standing(self, path: Path) -> Standing:
        """How a model stands; while it loads, how far it is."""
        found = self._director.shelving.standing(path)
        told = self._states.get(path)
        if told is not None and told.phase == found.state.phase == "loading":
            return Standing(type(found.state)(str(path), "loading", told.progress, told.sentence))
        return found

    def uses(self, path: Path) -> list[Use]:
        """Who uses it."""
        return self._director.shelving.uses(path)

    def failed(self, path: Path) -> str:
        """Why it could not be loaded, or crashed; "" when neither."""
        told = self._states.get(path)
        crash = told.sentence if told is not None and told.phase == "crashed" else ""
        return self._failed.get(path, crash)

    def judged(self, path: Path) -> Judged | str | None:
        """What it would take; a sentence why that cannot be told; None: not asked yet."""
        return self._judged.get(path)

    def judge(self, path: Path) -> None:
        """Estimate what a model takes; what was asked before is dropped."""
        if path in self._judged:
            return
        if self._judging is not None:
            self._judging.cancel()
        self._judging = spawn(self._judge(path), name="judge")

    def load(self, path: Path) -> None:
        """Load a model."""
        self._failed.pop(path, None)
        self._states.pop(path, None)
        self._act(path, lambda: self._director.shelving.load(path), "load a model")

    def unload(self, path: Path) -> None:
        """Close a model, or give up its loading."""
        self._failed.pop(path, None)
        self._act(path, lambda: self._director.shelving.unload(path), "unload a model")

    def forgive(self, path: Path) -> None:
        """What went wrong was read."""
        self._failed.pop(path, None)
        self._states.pop(path, None)
        self.told.emit(str(path))

    def settle(self, path: Path, word: str) -> None:
        """Settle "key=value"."""
        spawn(self._settle(path, word), name="settle")

    async def _judge(self, path: Path) -> None:
        try:
            self._judged[path] = await self._director.shelving.judge(path)
        except KnownError as error:
            self._judged[path] = error.sentence
        self.told.emit(str(path))

    async def _settle(self, path: Path, word: str) -> None:
        try:
            self._found[path] = await self._director.shelving.settle(path, [word])
            self._failed.pop(path, None)
        except KnownError as error:
            self._failed[path] = error.sentence
        self._judged.pop(path, None)
        self.told.emit(str(path))
        self.changed.emit()

    def _act(self, path: Path, work: Callable[[], Awaitable[None]], name: str) -> None:
        async def act() -> None:
            try:
                await work()
            except KnownError as error:
                self._failed[path] = error.sentence
            self._judged.clear()  # the free memory is another
            self.told.emit(str(path))

        spawn(act(), name=name)
        self.told.emit(str(path))

    def _model_changed(self, event: ModelChanged) -> None:
        self._states[Path(event.path)] = event
        self.told.emit(event.path)

    def _preferred(self, name: str) -> None:
        if name == "watched":
            self.scan()


def _rank(shelved: Shelved) -> tuple[bool, str, str]:
    name = shelved.card.name if shelved.card else shelved.path.name
    return shelved.card is None, name.casefold(), str(shelved.path)

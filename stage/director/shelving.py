"""The shelf of models: which files there are, what they would take, and who uses them."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Literal

from stage.director.opened import OpenPlay
from stage.director.turns.performing import Performance
from stage.director.wardrobe import places
from stage.director.working import Work
from stage.engine.model import Model
from stage.engine.orders import Capabilities, LoadSettings, ModelState
from stage.engine.pool import Pool
from stage.engine.shelf import finding, memory, notes
from stage.engine.shelf.card import Card, describe
from stage.engine.shelf.measuring import measure
from stage.engine.shelf.memory import Estimate
from stage.engine.worker.aside import aside
from stage.kit.errors import BadInput, KnownError

_BATCH = 24  # files between two looks at the window
SETTLED = notes.ENTRIES  # what can be settled about a model
KINDS, CACHES, NUMBERS = notes.KINDS, notes.CACHES, notes.NUMBERS


@dataclass(frozen=True, slots=True)
class Shelved:
    """A model file, or one that is none.

    Attributes:
        card: as the user sees the model; None where it cannot be played.
        said: base or chat by the file's own words.
        settled: what the user settled about it.
        sentence: why it cannot be played.
        bytes: of the file, of all parts of a split one.
    """

    path: Path
    card: Card | None = None
    said: Literal["base", "chat", "unknown"] = "unknown"
    settled: Mapping[str, Any] = field(default_factory=dict)
    sentence: str = ""
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """What a model would take before it is loaded.

    Attributes:
        free: bytes of memory that programs can still get, None where it is not known.
        advice: what would fit instead, "" where it fits.
    """

    estimate: Estimate
    free: int | None
    fits: bool
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """A play that is open and has a model in its scene.

    Attributes:
        names: as the scene calls it.
        takes: that it makes for the play right now.
    """

    play: str
    title: str
    names: tuple[str, ...]
    takes: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How a model stands: None for `capabilities` while it is not loaded."""

    state: ModelState
    capabilities: Capabilities | None = None


class Shelving:
    """Looks at model files away from the loop, and loads them."""

    def __init__(
        self,
        pool: Pool,
        opened: Callable[[], Iterable[OpenPlay]],
        running: Callable[[], Sequence[Performance]],
    ) -> None:
        """Serve a pool; plays and turns are asked for when they are wanted."""
        self._pool = pool
        self._opened, self._running = opened, running
        self._seen: dict[Path, tuple[tuple[int, int], Shelved]] = {}
        self._loads: dict[str, asyncio.Task[Model]] = {}

    # files

    async def scan(self, work: Work, more: Sequence[Path] = ()) -> AsyncIterator[list[Shelved]]:
        """Yield the model files of every place there is, some at a time; each file once.

        Args:
            work: told how many were looked at; may stop it.
            more: places beside those that are watched.
        """
        work.begin("scanning")
        found = self._found([*await aside(places), *more])
        while batch := await aside(partial(_some, found)):
            work.on(len(batch))
            yield batch

    async def look(self, path: Path) -> Shelved:
        """Look at one file."""
        return await aside(partial(self._look, path))

    async def card(self, path: Path) -> Card | None:
        """What a model file says of itself, None where it cannot be played."""
        return (await self.look(path)).card

    async def settle(self, path: Path, words: Sequence[str]) -> Shelved:
        """Settle "key=value" about a model, "key=auto" forgets one. Raises BadInput."""

        def work() -> Shelved:
            notes.settle(describe(path), words)
            return self._look(path)

        return await aside(work)

    def _found(self, given: Iterable[Path]) -> Iterator[Shelved]:
        seen: set[str] = set()
        for path in (each for place in given for each in finding.files(place)):
            real = _real(path)
            if real not in seen:
                seen.add(real)
                yield self._look(path)

    def _look(self, path: Path) -> Shelved:
        """Read a file's head again only where the file is another one."""
        try:
            told = path.stat()
            key = (told.st_size, told.st_mtime_ns)
        except OSError:
            key = (0, 0)
        known = self._seen.get(path)
        if known is None or known[0] != key:
            self._seen[path] = known = (key, _read(path, key[0]))
        return _noted(known[1])

    # memory

    async def judge(self, path: Path) -> Judged:
        """Estimate what a model takes as it would be loaded now. Raises KnownError."""
        return await judged(await aside(lambda: notes.applied(describe(path))))

    # loading

    async def load(self, path: Path) -> None:
        """Load a model; `unload` gives it up half-way. Raises KnownError."""
        key = _real(path)
        task = self._loads.get(key)
        if task is None:
            loop = asyncio.get_running_loop()
            task = self._loads[key] = loop.create_task(self._pool.load(path), name="load")
            task.add_done_callback(partial(self._loaded, key))
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            if not task.cancelled():
                raise

    def _loaded(self, key: str, task: asyncio.Task[Model]) -> None:
        self._loads.pop(key, None)
        if not task.cancelled():
            task.exception()  # whoever awaits the load tells it

    async def unload(self, path: Path) -> None:
        """Close a model, or give up its loading; takes that run end, what they said is kept."""
        task = self._loads.get(_real(path))
        if task is not None:
            task.cancel()
        model = self._model(path)
        if model is not None:
            await self._pool.unload(model)

    def standing(self, path: Path) -> Standing:
        """How a model stands now."""
        model = self._model(path)
        if model is None:
            loading = _real(path) in self._loads
            return Standing(ModelState(str(path), "loading" if loading else "closed"))
        return Standing(model.state, model.capabilities)

    def loaded(self) -> list[Path]:
        """The files of the models that are loaded."""
        return [Path(model.card.path) for model in self._pool.models()]

    def uses(self, path: Path) -> list[Use]:
        """The plays that are open and have this file among their models."""
        real, found = _real(path), []
        for play in self._opened():
            names = {name for name, file in play.models.items() if _real(file) == real}
            if names:
                takes = sum(
                    turn.turn.takes * len(names.intersection(turn.turn.models))
                    for turn in self._running()
                    if turn.play.id == play.id
                )
                found.append(Use(play.id, play.scene.title, tuple(sorted(names)), takes))
        return found

    def _model(self, path: Path) -> Model | None:
        real = _real(path)
        models = self._pool.models()
        return next((each for each in models if _real(each.card.path) == real), None)


async def judged(card: Card) -> Judged:
    """Estimate what a model takes with what is settled about it. Raises KnownError."""
    free = memory.available()
    wanted = memory.plan(card, notes.settings_for(card, LoadSettings()), free)
    others = list(memory.thriftier(wanted))
    found, *rest = await measure(Path(card.path), [wanted, *others])
    if found is None:
        raise KnownError(f"{card.name} could not be measured; load it to see.")
    fits, advice = found.fits(free), ""
    if not fits and free is not None:
        options = list(zip(others, rest, strict=True))
        advice = memory.too_much(card, found.total, free, wanted, options)
    return Judged(found, free, fits, advice)


def _real(path: Path | str) -> str:
    """The one path that is the same for every way to write it."""
    return os.path.realpath(path)


def _some(found: Iterator[Shelved]) -> list[Shelved]:
    return [each for each, _ in zip(found, range(_BATCH), strict=False)]


def _read(path: Path, size: int) -> Shelved:
    try:
        card = describe(path)
    except BadInput as error:
        return Shelved(path, sentence=error.sentence, bytes=size)
    return Shelved(path, card, card.kind, bytes=card.size_bytes)


def _noted(known: Shelved) -> Shelved:
    """With what the user settled, which may have changed since the file was read."""
    if known.card is None:
        return known
    kept = notes.noted(known.card)
    settled = {key: value for key, value in kept.items() if key in SETTLED}
    return Shelved(known.path, notes.applied(known.card), known.said, settled, "", known.bytes)

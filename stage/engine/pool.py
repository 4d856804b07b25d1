"""The pool: every loaded model, and how the cores are shared out between them.

The front of the engine for the director. Lives on the loop's thread; llama.cpp never loads in
this process.
"""

import asyncio
import collections
import os
from pathlib import Path

from stage.engine import protocol
from stage.engine.model import Model
from stage.engine.orders import LoadSettings, ModelState
from stage.engine.shelf import memory, notes
from stage.engine.shelf.card import CHEAP, Card, describe, full_sha256
from stage.engine.shelf.measuring import measure
from stage.engine.worker.aside import aside
from stage.kit.errors import ClosedError, KnownError
from stage.kit.signals import Signal

TINY = 48 * 1024 * 1024  # bytes; below, a second thread gains nothing and suffers on a busy machine


class Pool:
    """Loaded models, one worker process each.

    Attributes:
        cores: threads that all busy workers together may use.

    Signals:
        changed: (path of the model, its new state), on the loop's thread.
    """

    def __init__(self, *, cores: int | None = None, backend: str = "llama") -> None:
        """Start empty. `backend` other than "llama" is for tests."""
        self.changed: Signal[[str, ModelState]] = Signal()
        present = cores or _cores()
        self.cores = present - 1 if cores is None and present > 2 else present
        self._backend = backend
        self._models: dict[str, Model] = {}
        self._opening: set[Model] = set()
        self._closed = False
        self._loads: dict[str, asyncio.Lock] = collections.defaultdict(asyncio.Lock)
        self._busy: collections.Counter[Model] = collections.Counter()
        self._alone: list[Model] = []
        self._queue: list[asyncio.Future[None]] = []

    # -------------------------------------------------------------- models

    async def load(self, path: Path, settings: LoadSettings | None = None) -> Model:
        """Load a model file; the same file twice is the same model.

        Cancelling the call gives the load up. Raises BadInput when the file cannot be used
        and KnownError when there is no room for it, ClosedError after close.
        """
        path, key = _places(path)
        async with self._loads[key]:
            if key in self._models:
                return self._models[key]
            model = await self._open(path, settings or LoadSettings())
            if self._closed:
                raise ClosedError("the pool is closed")
            self._opening.add(model)
            try:
                await model.start()
            finally:
                self._opening.discard(model)
            self._models[key] = model
            return model

    async def _open(self, path: Path, settings: LoadSettings) -> Model:
        if self._backend == "llama":
            card = await aside(lambda: notes.applied(describe(path)))
            settings = memory.plan(card, notes.settings_for(card, settings), memory.available())
            await self._refuse_too_much(card, settings)
        else:
            card = _stand_in(path)
        order = protocol.Load(
            str(path), self._backend, settings.cells or 0, settings.context or 0,
            settings.gpu_layers, settings.map_file, 1, settings.kv, settings.takes or 0,
        )  # fmt: skip
        cheap = self._backend == "llama" and card.size_bytes < CHEAP
        sha256 = await aside(lambda: full_sha256(path)) if cheap else None
        return Model(card, order, sha256, self)

    async def _refuse_too_much(self, card: Card, settings: LoadSettings) -> None:
        """Raise KnownError, with what would fit, for a model that there is no memory for."""
        free, needed = memory.available(), memory.rough(card, settings)
        if free is None or not memory.is_close(needed, free):
            return
        others = list(memory.thriftier(settings))
        try:
            found = await measure(Path(card.path), [settings, *others])
        except KnownError:
            found = []
        exact = found[0] if found else None
        if exact.fits(free) if exact else needed <= memory.REFUSED_ABOVE * free:
            return
        total = exact.total if exact else needed
        options = list(zip(others, found[1:], strict=True)) if exact else []
        raise KnownError(memory.too_much(card, total, free, settings, options))

    def loaded(self, path: Path) -> Model | None:
        """The model of a file, when it is loaded and well; nothing is loaded for it."""
        model = self._models.get(_places(path)[1])
        return None if model is None or model.state.phase in ("crashed", "closed") else model

    def models(self) -> list[Model]:
        """Every loaded model, in order of loading."""
        return list(self._models.values())

    async def unload(self, model: Model) -> None:
        """Close a model; its running takes end with reason user."""
        self._models = {key: each for key, each in self._models.items() if each is not model}
        await model.close()

    async def close(self) -> None:
        """Close every model, load no more; no process and no thread is left."""
        self._closed = True
        models, self._models = [*self.models(), *self._opening], {}
        await asyncio.gather(*(model.close() for model in models))

    # -------------------------------------------------------------- sharing the cores out

    async def enter(self, model: Model, *, alone: bool = False) -> None:
        """Wait until there is a core for this model, and take a share.

        With `alone` no other model computes meanwhile, so that the share does not change.
        """
        while not self._may_enter(model, alone):
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._queue.append(turn)
            await turn
        self._busy[model] += 1
        if alone:
            self._alone.append(model)
        self._share_out()

    def _may_enter(self, model: Model, alone: bool) -> bool:
        if alone or self._alone:
            return all(each is model for each in (*self._busy, *self._alone))
        return model in self._busy or len(self._busy) < self.cores

    def leave(self, model: Model, *, alone: bool = False) -> None:
        """Give the share back; whoever waits looks again."""
        if alone:
            self._alone.remove(model)
        self._busy[model] -= 1
        if self._busy[model] <= 0:
            del self._busy[model]
            self._share_out()
        waiting, self._queue = self._queue, []
        for turn in waiting:
            if not turn.done():
                turn.set_result(None)

    def _share_out(self) -> None:
        """Divide the cores among the busy models; whoever gets fewer is told first."""
        if not self._busy:
            return
        each, over = divmod(self.cores, len(self._busy))
        shares = [(each + (place < over), model) for place, model in enumerate(self._busy)]
        for count, model in sorted(shares, key=lambda share: share[0] - share[1].threads):
            model.use_threads(1 if model.card.size_bytes < TINY else max(1, count))

    def tell(self, model: Model) -> None:
        """Pass a new state on."""
        self.changed.fire(model.card.path, model.state)


def _cores() -> int:
    """Cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _places(path: Path) -> tuple[Path, str]:
    """The absolute path, and the one that is the same for every way to write it."""
    return path.absolute(), os.path.realpath(path)


def _stand_in(path: Path) -> Card:
    """The card of a scripted back end's model, which has no file."""
    return Card(
        str(path),
        path.stem,
        "echo",
        "unknown",
        ("scripted for tests",),
        0,
        "",
        None,
        0,
        True,
        0,
        "0:",
    )

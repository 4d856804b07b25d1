from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from stage.engine.model import Model
from stage.engine.orders import ModelState, Pieces, Started, Strictly
from stage.engine.performance import Performance
from stage.engine.pool import Pool
from stage.kit.errors import BadInput, ClosedError, KnownError
from tests.engine.helpers import GREEDY, LONG, endings, orders, run, script, watch, write_gguf


@contextlib.asynccontextmanager
async def opened(cores: int = 2) -> AsyncIterator[Pool]:
    pool = Pool(cores=cores, backend="echo")
    try:
        yield pool
    finally:
        await pool.close()


def test_the_same_file_is_the_same_model_and_states_are_told(tmp_path: Path) -> None:
    async def work() -> None:
        seen: list[tuple[str, ModelState]] = []

        def note(path: str, state: ModelState) -> None:
            seen.append((path, state))

        async with opened() as pool:
            pool.changed.connect(note)
            one, other = await asyncio.gather(
                pool.load(tmp_path / "a"), pool.load(tmp_path / "x" / ".." / "a")
            )
            assert one is other
            assert pool.models() == [one]
            prepared = await one.prepare(script(say="Hello."))
            ended = endings(await watch(one.perform(prepared, orders(2))))
            assert {each.raw_text for each in ended.values()} == {"Hello."}
            await pool.unload(one)
            assert pool.models() == []
            with pytest.raises(KnownError, match="closed"):
                await one.prepare(script(say="x"))
        phases = [state.phase for _, state in seen]
        assert phases[0] == "loading"
        assert list(dict.fromkeys(phases)) == ["loading", "ready", "busy", "stopping", "closed"]
        progress = [state.progress for _, state in seen if state.phase == "loading"]
        assert progress == sorted(progress)
        assert all(state.sentence and state.path == path for path, state in seen)

    run(work())


def test_a_closed_pool_starts_no_worker(tmp_path: Path) -> None:
    async def work() -> None:
        async with opened() as pool:
            pass
        with pytest.raises(ClosedError):
            await pool.load(tmp_path / "a")

    run(work())


def test_a_model_that_is_refused_leaves_nothing(tmp_path: Path, expected_logs: Any) -> None:
    async def work() -> None:
        async with opened() as pool:
            with pytest.raises(BadInput, match="scripted to be refused"):
                await pool.load(tmp_path / "load-refuse")
            with pytest.raises(KnownError, match="a check inside"):
                await pool.load(tmp_path / "load-abort")
            assert pool.models() == []

    expected_logs.expect("worker ended")
    run(work())


async def under_way(pool: Pool, path: Path) -> asyncio.Future[Model]:
    """Begin to load a model, and wait until some of it is loaded."""
    some = asyncio.Event()

    def note(_path: str, state: ModelState) -> None:
        if state.phase == "loading" and state.progress:
            some.set()

    pool.changed.connect(note)
    load = asyncio.ensure_future(pool.load(path))  # noqa: TID251
    await some.wait()
    return load


def test_loading_can_be_given_up(tmp_path: Path) -> None:
    async def work() -> None:
        async with opened() as pool:
            load = await under_way(pool, tmp_path / "load-slow")
            load.cancel()
            with pytest.raises(asyncio.CancelledError):
                await load
            assert pool.models() == []

    run(work())


def test_closing_ends_a_load_that_is_under_way(tmp_path: Path) -> None:
    async def work() -> None:
        async with opened() as pool:
            load = await under_way(pool, tmp_path / "load-slow")
            await pool.close()
            with pytest.raises(KnownError, match="was closed"):
                await load

    run(work())


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "is empty"), (b"<html>", "is a web page"), (b"GGUF", "in the middle of its head")],
)
def test_files_that_are_no_model_are_refused_before_any_process(
    tmp_path: Path, data: bytes, words: str
) -> None:
    async def work() -> None:
        pool = Pool()
        path = tmp_path / "m.gguf"
        with pytest.raises(BadInput, match="There is no file"):
            await pool.load(path)
        path.write_bytes(data)
        with pytest.raises(BadInput, match=words):
            await pool.load(path)
        await pool.close()

    run(work())


def test_a_model_that_does_not_fit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stage.engine.shelf.memory.available", lambda: 1 << 20)

    async def work() -> None:
        pool = Pool()
        with pytest.raises(KnownError, match="GB of memory are free"):
            await pool.load(write_gguf(tmp_path / "m.gguf"))
        await pool.close()

    run(work())


def test_busy_models_never_have_more_threads_than_cores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stage.engine.pool.TINY", 0)
    most: list[int] = []
    real = Model.use_threads

    async def work() -> None:
        async with opened(cores=2) as pool:
            models = [await pool.load(tmp_path / name) for name in "abc"]

            def noted(model: Model, count: int) -> None:
                real(model, count)
                most.append(sum(each.threads for each in pool._busy))

            monkeypatch.setattr(Model, "use_threads", noted)
            endless = await models[0].prepare(script(endless=True, slow=0.02))
            prepared = [await each.prepare(script(say="x" * 15, slow=0.02)) for each in models[1:]]
            alone = models[0].perform(endless, orders(1, LONG))
            while models[0] not in pool._busy:
                await asyncio.sleep(0.01)
            assert models[0].threads == 2
            rest = [
                watch(model.perform(prompt, orders(2, GREEDY)))
                for model, prompt in zip(models[1:], prepared, strict=True)
            ]
            ended = [endings(each) for each in await asyncio.gather(*rest)]
            assert [len(each) for each in ended] == [2, 2]
            assert all(e.reason == "eog" for each in ended for e in each.values())
            alone.stop()
            assert endings(await watch(alone))["t0"].reason == "user"
            while pool._busy:
                await asyncio.sleep(0.01)

    run(work())
    assert max(most) <= 2


def test_cores_are_given_back_and_strict_takes_have_them_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stage.engine.pool.TINY", 0)

    async def work() -> None:
        async with opened(cores=2) as pool:
            one, other = [await pool.load(tmp_path / name) for name in "ab"]
            endless = await one.prepare(script(endless=True, slow=0.02))
            short = await other.prepare(script(say="x" * 5, slow=0.02))
            running = one.perform(endless, orders(1, LONG))
            while one not in pool._busy:
                await asyncio.sleep(0.01)
            await pool.enter(other)
            assert (one.threads, other.threads) == (1, 1)
            pool.leave(other)
            assert one.threads == 2
            strict = other.perform(short, orders(2), Strictly())
            while not pool._queue:
                await asyncio.sleep(0)
            assert pool._busy.keys() == {one}  # it waits until nobody else computes
            later: list[Performance] = []
            turns: list[tuple[Model, bool]] = []

            def note(path: str, state: ModelState) -> None:
                if state.phase == "busy":
                    (turn,) = pool._busy
                    turns.append((turn, bool(strict.running)))
                    if turn is other:
                        later.append(one.perform(endless, orders(1, LONG)))

            pool.changed.connect(note)
            running.stop()
            began = [each for each in await watch(strict) if isinstance(each, Started)]
            assert [(each.batch["threads"], each.batch["takes"]) for each in began] == [(2, 1)] * 2
            while len(turns) < 2:
                await asyncio.sleep(0.01)
            assert turns == [(other, True), (one, False)]
            later[0].stop()

    run(work())


def test_no_process_and_no_thread_is_left(tmp_path: Path) -> None:
    async def work() -> list[int]:
        async with opened() as pool:
            models = [await pool.load(tmp_path / name) for name in "ab"]
            prepared = await models[0].prepare(script(endless=True, slow=0.05))
            running = models[0].perform(prepared, orders(1, LONG))
            while not isinstance(await anext(running), Pieces):
                pass
            pids = [model._client.pid for model in models if model._client]
            await pool.close()
            ended = endings(await watch(running))
            assert ended["t0"].reason == "user"
            return pids

    for pid in run(work()):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_it_works_on_the_loop_of_the_window(qloop: Any, tmp_path: Path) -> None:
    async def work() -> str:
        async with opened() as pool:
            model = await pool.load(tmp_path / "a")
            prepared = await model.prepare(script(say="Hello window."))
            return endings(await watch(model.perform(prepared, orders(1))))["t0"].raw_text

    assert qloop.run(work()) == "Hello window."

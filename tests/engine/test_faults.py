"""The fault cases of a worker that runs llama.cpp: each is provoked in a real one.

Files that are no model, foreign kinds, templates, samplers, frames and what only a script can
bring about stand with their own modules: test_gguf, test_shelf, test_chat, test_sandbox,
test_llama_chains, test_client, test_cold, test_model.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shlex
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from stage.engine import client as client_module
from stage.engine.model import Model
from stage.engine.orders import Ended, LoadSettings, Pieces
from stage.engine.pool import Pool
from stage.kit.errors import BadInput, KnownError
from stage.play.line import Cut
from stage.play.sampling import Sampler, Step
from tests.engine.helpers import endings, orders, run, text_prompt, watch
from tests.engine.kinds import write_kind
from tests.engine.tiny import METADATA, TOKENS, write_model, write_tiny

pytestmark = pytest.mark.models
NO_END = Step("logit_bias", (("biases", ((len(TOKENS) - 1, -100.0),)),))
ENDLESS = Sampler((NO_END,), "dist", 4000)


@pytest.fixture(autouse=True)
def llama() -> None:
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return write_tiny(tmp_path / "tiny.gguf", llama__context_length=4096)


@contextlib.asynccontextmanager
async def opened(*paths: Path, **settings: Any) -> AsyncIterator[list[Model]]:
    pool = Pool(cores=2)
    try:
        yield [await pool.load(path, LoadSettings(**settings)) for path in paths]
    finally:
        await pool.close()


async def spoken(model: Model, text: str = "Hello") -> Ended:
    prepared = await model.prepare(text_prompt(text))
    return endings(await watch(model.perform(prepared, orders(1))))["t0"]


async def refused(path: Path, **settings: Any) -> str:
    with pytest.raises(KnownError) as caught:
        async with opened(path, **settings):
            pass
    return caught.value.sentence


# ---------------------------------------------------------------- while loading


def test_a_vocabulary_that_aborts_the_loader_is_told(tmp_path: Path, expected_logs: Any) -> None:
    expected_logs.expect("worker ended")
    twice = [*TOKENS[:-1], TOKENS[0]]
    path = write_tiny(tmp_path / "twice.gguf", tokenizer__ggml__tokens=twice)
    sentence = run(refused(path))
    assert "a check inside llama.cpp failed" in sentence
    assert "it was not loaded" in sentence


def test_an_unknown_architecture_is_told(tmp_path: Path) -> None:
    told = METADATA | {"general.architecture": "newest"}
    path = write_model(tmp_path / "new.gguf", told, {"token_embd.weight": (32, len(TOKENS))})
    with pytest.raises(BadInput, match="newest"):
        run(_load(path))


async def _load(path: Path) -> None:
    async with opened(path):
        pass


def test_memory_that_is_refused_is_told(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system refuses memory; in other cases it kills, see the signals below."""
    worker = shlex.join(client_module.command())
    limited = ["sh", "-c", f"ulimit -v 3000000; exec {worker}"]
    monkeypatch.setattr(client_module, "command", lambda: limited)
    monkeypatch.setattr("stage.engine.memory.available", lambda: None)
    sentence = run(refused(tiny, cells=20_000_000))
    assert "no room for a context" in sentence
    assert "choose a smaller context" in sentence


def test_a_model_that_moved_is_told_when_its_worker_must_be_started_again(
    tiny: Path, expected_logs: Any
) -> None:
    expected_logs.expect("worker ended")

    async def work() -> None:
        async with opened(tiny) as [model]:
            os.rename(tiny, tiny.with_name("elsewhere.gguf"))
            assert (await spoken(model)).error is None  # what is loaded is loaded
            os.kill(_pid(model), signal.SIGKILL)
            await _gone(model)
            with pytest.raises(KnownError, match=r"tiny\.gguf"):
                await model.prepare(text_prompt("Hello"))

    run(work())


# ---------------------------------------------------------------- while playing


def _pid(model: Model) -> int:
    assert model._client is not None
    return model._client.pid


async def _gone(model: Model) -> None:
    while model.state.phase != "crashed":
        await asyncio.sleep(0.02)


def test_a_worker_killed_in_mid_take_costs_its_takes_only(
    tiny: Path, tmp_path: Path, expected_logs: Any
) -> None:
    expected_logs.expect("worker ended")
    second = write_tiny(tmp_path / "second.gguf", llama__context_length=4096, general__name="2nd")
    causes = {
        signal.SIGABRT: "a check inside llama.cpp failed",
        signal.SIGSEGV: "memory that is not its own",
        signal.SIGKILL: "memory ran out",  # as the system does when there is none left
    }

    async def work() -> None:
        async with opened(tiny, second) as [model, other]:
            prepared = await other.prepare(text_prompt("Hello"))
            beside = other.perform(prepared, orders(1, ENDLESS))
            for number, words in causes.items():
                await _kill(model, number, words)  # started again each time
            beside.stop()
            end = endings(await watch(beside))["t0"]
            assert (end.reason, end.error) == (Cut.USER, None)
            assert end.tokens_total > 0

    run(work())


async def _kill(model: Model, number: signal.Signals, words: str) -> None:
    running = model.perform(await model.prepare(text_prompt("Hello")), orders(2, ENDLESS))
    said, ended = {"t0": "", "t1": ""}, []
    async for event in running:
        if isinstance(event, Pieces):
            said[event.take] += event.text
            if model._client is not None:
                os.kill(_pid(model), number)
        elif isinstance(event, Ended):
            ended.append(event)
    assert len(ended) == 2
    for end in ended:
        assert end.reason is Cut.ERROR
        assert words in (end.error or "")
        assert end.raw_text.startswith(said[end.take])  # nothing that arrived is lost
    assert any(said.values())


def test_a_drive_that_is_unplugged_is_told(tmp_path: Path, expected_logs: Any) -> None:
    expected_logs.expect("worker ended")
    path = write_kind(tmp_path / "plugged.gguf", "llama", layers=40)

    async def work() -> None:
        async with opened(path) as [model]:
            prepared = await model.prepare(text_prompt("Hello"))
            os.truncate(path, 4096)  # pages of a file that is gone cannot be read any more
            end = endings(await watch(model.perform(prepared, orders(1))))["t0"]
            assert end.reason is Cut.ERROR
            assert "its drive was unplugged" in (end.error or "")

    run(work())


def test_a_hang_is_ended(tiny: Path, monkeypatch: pytest.MonkeyPatch, expected_logs: Any) -> None:
    expected_logs.expect("worker ended")
    expected_logs.expect("is silent and gets killed")
    monkeypatch.setattr(client_module, "SILENCE", 1.5)

    async def work() -> None:
        async with opened(tiny) as [model]:
            prepared = await model.prepare(text_prompt("Hello"))
            os.kill(_pid(model), signal.SIGSTOP)
            end = endings(await watch(model.perform(prepared, orders(1))))["t0"]
            assert "did not answer" in (end.error or "")

    run(work())


def test_bad_samplers_and_grammars_cost_a_sentence_each(tiny: Path) -> None:
    grammar = Step("grammar", (("root", "root"), ("text", "root ::= nonsense(")))

    async def work() -> None:
        async with opened(tiny) as [model]:
            prepared = await model.prepare(text_prompt("Hello"))
            takes = orders(2)
            bad = orders(3, Sampler((grammar,), "dist", 10))[2:]
            ended = endings(await watch(model.perform(prepared, [*takes, *bad])))
            assert "grammar" in (ended["t2"].error or "")
            assert ended["t0"].error is ended["t1"].error is None

    run(work())


def test_a_context_that_fills_ends_takes_and_a_long_prompt_is_refused(tmp_path: Path) -> None:
    path = write_tiny(tmp_path / "short.gguf", llama__context_length=64)

    async def work() -> None:
        async with opened(path) as [model]:
            full = await spoken(model, "x" * 60)
            assert full.reason in (Cut.CONTEXT, Cut.EOG)
            long = await spoken(model, "x" * 100)
            assert long.reason is Cut.CONTEXT
            assert "100 tokens but this model reads at most 64" in (long.error or "")

    run(work())

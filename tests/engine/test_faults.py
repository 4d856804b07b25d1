"""The fault cases of a worker that runs llama.cpp: each is provoked in a real one.

Files that are no model, foreign kinds, refused and dropped turns, a corrupt cache and what only a
script can bring about (a lost GPU, one endless decode, a machine that slept) stand with their own
modules: test_gguf, test_shelf, test_chat, test_sandbox, test_kinds, test_model, test_client.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shlex
import signal
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from stage.engine import client as client_module
from stage.engine.model import Model
from stage.engine.orders import Ended, LoadSettings, Pieces, Strictly, TakeOrder
from stage.engine.pool import Pool
from stage.kit.errors import BadInput, KnownError
from stage.kit.tasks import spawn
from stage.play.line import Cut
from stage.play.sampling import Sampler, Step
from tests.engine.helpers import (
    chat_prompt,
    endings,
    orders,
    run,
    text_prompt,
    tokens_of,
    watch,
)
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
    assert "choose another model" in sentence


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
    monkeypatch.setattr("stage.engine.shelf.memory.available", lambda: None)
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


OTHER = """
from stage.engine.backends import llama_opening
llama_opening.VERSION = b"9.9"
from stage.engine.worker.process import main
main()
"""


def test_another_build_of_llama_is_refused(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "command", lambda: [sys.executable, "-c", OTHER])
    assert "needs 9.9 (llama-cpp-python 0.3.36); run `make rebuild-llama`" in run(refused(tiny))


def test_a_processor_that_lacks_an_instruction_is_told(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, expected_logs: Any
) -> None:
    expected_logs.expect("worker ended")
    monkeypatch.setattr(client_module, "command", lambda: ["sh", "-c", "kill -ILL $$"])
    sentence = run(refused(tiny))
    assert "lacks an instruction that llama.cpp was built for; it was not loaded" in sentence
    assert sentence.endswith("; run `make rebuild-llama`.")


# ---------------------------------------------------------------- while playing


def _pid(model: Model) -> int:
    assert model._client is not None
    return model._client.pid


async def _gone(model: Model) -> None:
    while model.state.phase != "crashed":
        await asyncio.sleep(0.02)


@contextlib.asynccontextmanager
async def beside(other: Model) -> AsyncIterator[None]:
    """Another model speaks on meanwhile, one take after another, and comes to no harm."""
    prepared = await other.prepare(text_prompt("Hello"))
    speaking, enough = asyncio.Event(), asyncio.Event()
    ended: list[Ended] = []
    running = other.perform(prepared, [TakeOrder("beside", 1, ENDLESS)])

    async def speak() -> None:
        nonlocal running
        while True:
            async for event in running:
                if isinstance(event, Pieces):
                    speaking.set()
                elif isinstance(event, Ended):
                    ended.append(event)
            if enough.is_set() or ended[-1].reason is not Cut.LENGTH:
                return
            running = other.perform(prepared, [TakeOrder("beside", 1, ENDLESS)])

    task = spawn(speak(), name="beside")
    await speaking.wait()
    yield
    assert not task.done()
    enough.set()
    running.stop()
    await task
    assert {end.reason for end in ended} <= {Cut.LENGTH, Cut.USER}
    assert {end.error for end in ended} == {None}


async def struck(model: Model, strike: Callable[[], None], *words: str) -> None:
    """Strike a model in the midst of two takes: both say why and keep what they said."""
    running = model.perform(await model.prepare(text_prompt("Hello")), orders(2, ENDLESS))
    said, ended = {"t0": "", "t1": ""}, []
    async for event in running:
        if isinstance(event, Pieces):
            if not any(said.values()):
                strike()
            said[event.take] += event.text
        elif isinstance(event, Ended):
            ended.append(event)
    assert len(ended) == 2
    for end in ended:
        assert end.reason is Cut.ERROR
        for each in (*words, "its text so far is kept", "try again"):
            assert each in (end.error or "")
        assert end.raw_text.startswith(said[end.take])  # nothing that arrived is lost
    assert any(said.values())


@pytest.fixture
def second(tmp_path: Path) -> Path:
    return write_tiny(tmp_path / "2nd.gguf", llama__context_length=4096, general__name="2nd")


def test_a_worker_killed_in_mid_take_costs_its_takes_only(
    tiny: Path, second: Path, expected_logs: Any
) -> None:
    expected_logs.expect("worker ended")
    causes = {
        signal.SIGABRT: ("a check inside llama.cpp failed", "another model"),
        signal.SIGSEGV: ("memory that is not its own", "another model"),
        # as the system does when there is none left
        signal.SIGKILL: ("memory ran out", "close other programs or choose a smaller context"),
    }

    async def work() -> None:
        async with opened(tiny, second) as [model, other], beside(other):
            for number, words in causes.items():  # started again each time
                await struck(model, lambda number=number: os.kill(_pid(model), number), *words)
            with pytest.raises(KnownError, match="crashed 3 times within 5 minutes"):
                await model.prepare(text_prompt("Hello"))

    run(work())


def test_a_drive_that_is_unplugged_is_told(
    tmp_path: Path, second: Path, expected_logs: Any
) -> None:
    expected_logs.expect("worker ended")
    path = write_kind(tmp_path / "plugged.gguf", "llama", layers=40)

    async def work() -> None:
        async with opened(path, second) as [model, other], beside(other):
            # pages of a file that is gone cannot be read any more
            words = ("its drive was unplugged", "plug the drive in or check the file")
            await struck(model, lambda: os.truncate(path, 4096), *words)
            with pytest.raises(BadInput, match="plugged"):
                await model.prepare(text_prompt("Hello"))

    run(work())


def test_a_hang_is_ended(tiny: Path, second: Path, expected_logs: Any) -> None:
    expected_logs.expect("worker ended")
    expected_logs.expect("is silent and gets killed")

    async def age(client: client_module.Client) -> None:
        while not client.gone.is_set():  # what it sent before may still arrive
            client.last_beat -= 2 * client_module.SILENCE
            await asyncio.sleep(0.1)

    async def work() -> None:
        async with opened(tiny, second) as [model, other], beside(other):
            client, ages = model._client, list[asyncio.Task[None]]()
            assert client is not None

            def strike() -> None:
                os.kill(client.pid, signal.SIGSTOP)
                ages.append(spawn(age(client), name="age"))

            await struck(model, strike, "did not answer")
            await asyncio.gather(*ages)

    run(work())


RELAY = """
import os, subprocess, sys
child, said = subprocess.Popen(sys.argv[2:], stdout=subprocess.PIPE), 0
for line in child.stdout:
    said += b'"said"' in line.lower()
    if said > 2:
        os.write(1, b"garbage\\n" if sys.argv[1] == "garbage" else line[:9])
        break
    os.write(1, line)
child.kill()
"""


@pytest.mark.parametrize(
    ("what", "words"), [("garbage", "it sent what is no report"), ("half", "it ended with code 0")]
)
def test_a_broken_frame_in_mid_take_costs_its_takes_only(
    what: str, words: str, tiny: Path, second: Path,
    monkeypatch: pytest.MonkeyPatch, expected_logs: Any,
) -> None:  # fmt: skip
    expected_logs.expect("worker ended")
    worker = client_module.command()
    commands = [[sys.executable, "-c", RELAY, what, *worker]]
    monkeypatch.setattr(client_module, "command", lambda: commands.pop() if commands else worker)

    async def work() -> None:
        async with opened(tiny, second) as [model, other], beside(other):
            await struck(model, lambda: None, words)

    run(work())


def _limit(pid: int, more: int) -> None:
    """From now on a process gets at most so many bytes more."""
    import resource

    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + more
    resource.prlimit(pid, resource.RLIMIT_AS, (most, most))


@pytest.mark.skipif(sys.platform != "linux", reason="only there others' limits can be set")
def test_memory_that_runs_out_while_playing_is_told(tiny: Path, expected_logs: Any) -> None:
    """A context of its own for a strict take is refused, or the worker dies of it."""
    expected_logs.expect("worker ended")

    async def work() -> None:
        async with opened(tiny, cells=4096) as [model]:
            assert (await spoken(model)).error is None  # whatever is loaded late is loaded
            prepared = await model.prepare(text_prompt("x" * 2000))
            _limit(_pid(model), 4 << 20)
            end = endings(await watch(model.perform(prepared, orders(1), Strictly())))["t0"]
            assert end.reason is Cut.ERROR
            told = end.error or ""
            assert "memory ran out" in told or "no room for a context" in told
            assert "close other programs" in told
            assert "smaller context" in told
            assert (await spoken(model)).error is None

    run(work())


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{% for", "chat template fails"),
        ("{{ raise_exception('never') }}", "never"),
        (
            "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
            "did not end within 2 seconds",
        ),
    ],
)
def test_a_template_of_the_file_costs_a_sentence_and_no_take(
    template: str, words: str, tmp_path: Path
) -> None:
    path = write_tiny(
        tmp_path / "odd.gguf", llama__context_length=4096, tokenizer__chat_template=template
    )

    async def work() -> None:
        async with opened(path) as [model], beside(model):
            with pytest.raises(KnownError, match=words):
                await model.prepare(chat_prompt(("user", "Hi")))
            assert (await spoken(model)).error is None

    run(work())


ODD = "[\\x00-\\x1f\\u202a-\\u202e\\u2066-\\u2069]+"


def test_degenerate_output_is_carried_whole(tiny: Path) -> None:
    """Without any break, no text at all, and what turns a line around or rings a bell."""
    unbroken, broken = (Step("logit_bias", (("biases", ((byte, 99.0),)),)) for byte in (120, 255))
    odd = Step("grammar", (("root", "root"), ("text", f"root ::= {ODD}")))

    async def work() -> None:
        async with opened(tiny) as [model]:
            prepared = await model.prepare(text_prompt("Hello"))
            takes = [
                TakeOrder(name, 1, Sampler((step,), "dist", count))
                for name, step, count in (("x", unbroken, 400), ("b", broken, 60), ("o", odd, 90))
            ]
            events = await watch(model.perform(prepared, takes))
            ended = endings(events)
            assert {each.error for each in ended.values()} == {None}
            assert ended["x"].raw_text == "x" * 400
            assert ended["b"].raw_text == "\ufffd" * 60
            assert any(each in ended["o"].raw_text for each in "\u202e\u2067\x07\x1b")
            for name in ended:
                pieces = b"".join(token.piece for token in tokens_of(events, name))
                assert pieces.decode("utf-8", "replace") == ended[name].raw_text

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

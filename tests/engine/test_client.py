from __future__ import annotations

import asyncio
import contextlib
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stage.engine import client as client_module
from stage.engine import protocol
from stage.engine.client import Client, cause_in_words, command, environment, step_in_words
from tests.engine.helpers import run


async def outcome(program: str, monkeypatch: pytest.MonkeyPatch) -> tuple[list[Any], Any, Client]:
    """Run a program in a worker's place; what arrived, how it ended, and the client."""
    monkeypatch.setattr(client_module, "command", lambda: [sys.executable, "-c", program])
    arrived: list[Any] = []
    ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    client = Client(arrived.extend, ended.set_result)
    client.send(protocol.Threads(1))
    code = await asyncio.wait_for(ended, 60)
    return arrived, code, client


def test_reports_arrive_in_order_and_the_exit_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = b"".join(
        protocol.encode(each)
        for each in (protocol.Progress(0.5), protocol.Beat(1, 0.0), protocol.Reading("r", 1, 2))
    )
    program = f"import os,sys; os.write(1, {lines!r}); sys.stderr.write('why\\n'); os._exit(7)"

    async def work() -> None:
        arrived, code, client = await outcome(program, monkeypatch)
        assert arrived == [protocol.Progress(0.5), protocol.Reading("r", 1, 2)]
        assert code == 7
        assert list(client.tail) == ["why"]

    run(work())


@pytest.mark.parametrize("data", [b"garbage\n", b'{"t": "Progress"}\n', b"\xff\xfe\n", b"[1]\n"])
def test_garbage_on_the_wire_ends_the_worker(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    program = f"import os,time; os.write(1, {data!r}); time.sleep(60)"

    async def work() -> None:
        arrived, code, client = await outcome(program, monkeypatch)
        assert arrived == []
        assert code == -9
        assert "no report" in client.why

    run(work())


def test_half_a_frame_at_the_end_is_no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = protocol.encode(protocol.Progress(0.25))
    program = f"import os; os.write(1, {whole + whole[:9]!r})"

    async def work() -> None:
        arrived, code, _ = await outcome(program, monkeypatch)
        assert (arrived, code) == ([protocol.Progress(0.25)], 0)

    run(work())


def test_a_worker_that_ignores_the_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    program = "import signal,time; signal.signal(15, signal.SIG_IGN); print(); time.sleep(60)"
    monkeypatch.setattr(client_module, "command", lambda: [sys.executable, "-c", program])

    async def work() -> None:
        client = Client(lambda _: None, lambda _: pytest.fail("nobody wants to know"))
        await client.close()
        assert client.gone.is_set()

    run(work())


def test_the_environment_holds_no_foreign_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GGML_CUDA_SOMETHING", "1")
    monkeypatch.setenv("LLAMA_ARG_THREADS", "99")
    env = environment()
    assert "GGML_CUDA_SOMETHING" not in env
    assert "LLAMA_ARG_THREADS" not in env
    assert env["GGML_NO_BACKTRACE"] == "1"
    assert env["MALLOC_ARENA_MAX"] == "1"
    monkeypatch.setenv("MALLOC_ARENA_MAX", "4")
    assert environment()["MALLOC_ARENA_MAX"] == "4"


def test_a_frozen_application_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert command() == [sys.executable, "-m", "stage", "--engine"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command() == [sys.executable, "--engine"]


@pytest.mark.parametrize(
    ("code", "words", "step"),
    [
        (-6, "check inside", "another model"),
        (134, "check inside", "another model"),
        (-7, "unplugged", "plug the drive in"),
        (-9, "memory ran out", "smaller context"),
        (-4, "lacks an instruction", "rebuild-llama"),
        (3, "fault in Stage", "try again"),
        (1, "code 1", "try again"),
        (-1, "signal 1", "try again"),
    ],
)
def test_causes_and_next_steps_are_told_in_words(code: int, words: str, step: str) -> None:
    assert words in cause_in_words(code)
    assert step in step_in_words(code)
    assert "memory" not in step_in_words(code, killed=True)  # ended from here: not for its code


@pytest.mark.parametrize(
    "line", ["ggml_aligned_malloc: insufficient memory (19 MB)", "MemoryError at loop.py:7"]
)
def test_last_lines_that_tell_of_memory_are_the_cause(
    line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = f"import os,sys; print({line!r}, file=sys.stderr, flush=True); os._exit(3)"

    async def work() -> None:
        _, code, client = await outcome(program, monkeypatch)
        assert client.last_words(code) == "memory ran out"
        assert "close other programs" in client.next_step(code)

    run(work())


def test_a_slow_pipe_that_gives_single_bytes_gives_whole_reports(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = b"".join(protocol.encode(protocol.Reading("r\u00e9", n, 9)) for n in range(3))
    program = f"import os,time\nfor b in {whole!r}: os.write(1, bytes([b])); time.sleep(0.001)"

    async def work() -> None:
        arrived, code, _ = await outcome(program, monkeypatch)
        assert arrived == [protocol.Reading("r\u00e9", n, 9) for n in range(3)]
        assert code == 0

    run(work())


def test_a_machine_that_slept_is_no_silent_worker(
    monkeypatch: pytest.MonkeyPatch, expected_logs: Any
) -> None:
    program = "import time; time.sleep(60)"
    monkeypatch.setattr(client_module, "command", lambda: [sys.executable, "-c", program])

    async def work() -> None:
        client = Client(lambda _: None, lambda _: None)
        client._watch.cancel()
        client.last_beat -= 3600  # an hour has passed for both: nobody looked
        client._looked -= 3600
        client._check()
        assert client.why == ""
        expected_logs.expect("is silent and gets killed")
        client.last_beat -= 3600  # an hour has passed for the worker alone
        client._check()
        assert client.why == "it did not answer"
        await client.close()

    run(work())


@given(st.lists(st.binary(min_size=1, max_size=40), max_size=5))
@settings(max_examples=100, deadline=None)
def test_no_bytes_make_reading_raise(chunks: list[bytes]) -> None:
    """What the reader's thread does with anything at all: messages, or BadFrame."""
    lines = protocol.Lines()
    with contextlib.suppress(protocol.BadFrame):
        for chunk in chunks:
            for line in lines.feed(chunk):
                assert protocol.decode(line)


def test_a_worker_whose_loop_is_gone_leaves_no_pipe_open() -> None:
    async def begin() -> Client:
        return Client(lambda _: None, lambda _: None)

    loop = asyncio.new_event_loop()
    client = loop.run_until_complete(begin())
    loop.close()
    client.kill("nobody is there")
    for thread in client._threads:
        thread.join(60)
    assert client._process.stdout is not None
    assert client._process.stderr is not None
    assert client._process.stdout.closed
    assert client._process.stderr.closed

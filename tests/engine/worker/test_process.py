from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stage.engine import protocol
from stage.engine.client import command, environment

LOAD = protocol.Load("/none", "echo", 0, 0, 0, True, 1)


class Child:
    """A real worker, spoken to over its pipes."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        self.lines = protocol.Lines()
        self.seen: list[Any] = []

    def tell(self, data: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def until(self, kind: type[Any]) -> Any:
        while not (found := [each for each in self.seen if isinstance(each, kind)]):
            self.more()
        return found[0]

    def more(self) -> None:
        assert self.process.stdout
        data = os.read(self.process.stdout.fileno(), 65536)
        assert data, "the worker is gone"
        self.seen += [protocol.decode(line) for line in self.lines.feed(data)]

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def end(self) -> tuple[int, bytes]:
        _, errors = self.process.communicate(timeout=60)
        return self.process.returncode, errors


@pytest.fixture
def child() -> Iterator[Child]:
    made = Child()
    yield made
    made.kill()


def test_a_session_over_the_pipes(child: Child) -> None:
    child.tell(b"garbage\n" + protocol.encode(LOAD))
    loaded = child.until(protocol.Loaded)
    assert loaded.facts["n_vocab"] == 260
    assert len(protocol.unpack_pieces(loaded.vocabulary, 260)[1]) == 260
    child.tell(protocol.encode(protocol.Count("c", ["secret words"])))
    assert child.until(protocol.Reply).result == {"counts": [12]}
    order = {"id": "t", "seed": 1, "sampler": {}, "cut": {"own": [], "others": [], "blocks": False}}
    tokens = list(b'secret @@{"say": "hidden answer"}')
    child.tell(protocol.encode(protocol.Perform("r", tokens, [order])))
    assert child.until(protocol.Over).reason == "eog"
    assert child.until(protocol.Beat)
    code, errors = child.end()
    assert code == 0
    assert b"a broken command" in errors
    assert b"secret" not in errors
    assert b"hidden" not in errors


def test_the_end_of_stdin_ends_the_worker_even_in_a_decode(child: Child) -> None:
    child.tell(protocol.encode(LOAD))
    child.until(protocol.Loaded)
    order = {"id": "t", "seed": 1, "sampler": {}, "cut": {"own": [], "others": [], "blocks": False}}
    tokens = list(b'@@{"fault": "stick", "say": "x"}')
    child.tell(protocol.encode(protocol.Perform("r", tokens, [order])))
    while not any(isinstance(each, protocol.Beat) and each.inside for each in child.seen):
        child.more()
    code, _ = child.end()  # it would stick for ever
    assert code == 0


NOISY = """
import ctypes, os
from stage.engine.worker import process as worker
def prepare(*_):
    print("noise", flush=True)
    ctypes.CDLL(None).puts(b"noise of C")
    os.write(1, b"half a line")
    return {}
worker.prepare = prepare
worker.main()
"""


def test_whoever_prints_in_a_worker_breaks_no_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "command", lambda: [sys.executable, "-c", NOISY])
    noisy = Child()
    noisy.tell(protocol.encode(LOAD))
    noisy.tell(protocol.encode(protocol.Prepare("p", {})))
    assert noisy.until(protocol.Reply) == protocol.Reply("p", {})
    code, errors = noisy.end()
    assert code == 0
    assert b"noise" in errors


def test_a_prompt_that_breaks_the_preparing_is_answered(child: Child) -> None:
    child.tell(protocol.encode(LOAD))
    child.tell(protocol.encode(protocol.Prepare("p", {"form": "text"})))
    failed = child.until(protocol.Failed)
    assert (failed.id, failed.kind) == ("p", "bug")
    assert child.end()[0] == 0


def test_loading_first_is_the_rule(child: Child) -> None:
    child.tell(protocol.encode(protocol.Threads(1)))
    code, _ = child.end()
    assert code == 0


@pytest.mark.parametrize("path", ["load-refuse", "load-abort"])
def test_failing_loads(child: Child, path: str) -> None:
    child.tell(protocol.encode(protocol.Load(path, "echo", 0, 0, 0, True, 1)))
    if path == "load-refuse":
        assert child.until(protocol.Failed).kind == "bad"
    assert child.end()[0] == (0 if path == "load-refuse" else -6)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.text(max_size=5),
    lambda deeper: st.lists(deeper, max_size=3) | st.dictionaries(st.text(max_size=5), deeper),
    max_leaves=6,
)
PLAIN = {"str": st.text(max_size=8), "int": st.integers(-9, 2**40), "bool": st.booleans()}
ORDERS = st.fixed_dictionaries({"id": JUNK, "seed": JUNK, "sampler": JUNK, "cut": JUNK})
ITEMS = st.fixed_dictionaries({"tokens": JUNK, "first": JUNK})
COMMANDS: st.SearchStrategy[Any] = st.one_of(
    st.builds(protocol.Perform, st.text(max_size=3), st.lists(JUNK, max_size=3),
              st.lists(JUNK | ORDERS, max_size=3)),
    st.builds(protocol.Score, st.text(max_size=3), st.lists(JUNK, max_size=3),
              st.lists(JUNK | ITEMS, max_size=3)),
    st.builds(protocol.Prepare, st.text(max_size=3), st.dictionaries(st.text(max_size=8), JUNK)),
    st.builds(protocol.Count, st.text(max_size=3), st.lists(JUNK, max_size=3)),
    st.builds(protocol.Divide, st.text(max_size=3), st.lists(JUNK, max_size=3),
              st.text(max_size=4), st.text(max_size=4)),
    st.builds(protocol.Stop, st.text(max_size=3), st.text(max_size=3)),
    st.builds(protocol.Threads, st.integers(-9, 2**40)),
    st.builds(protocol.Load, *[st.text(max_size=3)] * 2, *[st.integers(0, 9)] * 3,
              st.booleans(), st.integers(0, 9)),
)  # fmt: skip


def test_no_command_and_no_garbage_ends_a_worker(child: Child) -> None:
    child.tell(protocol.encode(LOAD))
    child.until(protocol.Loaded)
    number = iter(range(10**6))

    @given(st.lists(COMMANDS.map(protocol.encode) | st.binary(max_size=60), max_size=6))
    @settings(max_examples=50, deadline=None)
    def survives(lines: list[bytes]) -> None:
        name = f"still there {next(number)}"
        for line in [*lines, protocol.encode(protocol.Count(name, ["abc"]))]:
            child.tell(line.strip(b"\n") + b"\n")
        child.seen.clear()
        while not (found := [each for each in child.seen if getattr(each, "id", None) == name]):
            child.more()
        assert found == [protocol.Reply(name, {"counts": [3]})]

    survives()
    child.seen.clear()
    order = {"id": "t", "seed": 1, "sampler": {}, "cut": {"own": [], "others": [], "blocks": False}}
    child.tell(protocol.encode(protocol.Perform("r", list(b'@@{"say": "Fine."}'), [order])))
    while child.until(protocol.Over).take != "t":
        child.seen.clear()
    assert child.end()[0] == 0


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="no such thing as niceness here")
def test_a_worker_gives_way_to_the_process_that_started_it(child: Child) -> None:
    child.tell(protocol.encode(LOAD))
    child.until(protocol.Loaded)
    mine = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, child.process.pid) == min(19, mine + 10)


PARENT = """
import subprocess, sys, time
from stage.engine.client import command, environment
read, write = map(int, sys.argv[1:])
subprocess.Popen(command(), stdin=read, stdout=write, stderr=subprocess.DEVNULL, env=environment())
time.sleep(600)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of a parent's death")
def test_a_worker_dies_with_its_parent_though_its_pipes_stay_open() -> None:
    """As when a sibling holds a copy of the pipe: no end of stdin comes."""
    (orders, ours), (reports, theirs) = os.pipe(), os.pipe()
    words = [sys.executable, "-c", PARENT, str(orders), str(theirs)]
    parent = subprocess.Popen(words, pass_fds=(orders, theirs))
    os.close(theirs)
    try:
        os.write(ours, protocol.encode(LOAD))
        lines, seen = protocol.Lines(), []
        while not any(isinstance(each, protocol.Loaded) for each in seen):
            data = os.read(reports, 65536)
            assert data, "the worker is gone"
            seen += [protocol.decode(line) for line in lines.feed(data)]
        parent.kill()
        end = time.monotonic() + 30
        while os.read(reports, 65536):  # its beats end when it is dead
            assert time.monotonic() < end, "it lives on"
    finally:
        parent.kill()
        parent.wait()
        for pipe in (orders, ours, reports):  # a worker that lives on ends here
            os.close(pipe)

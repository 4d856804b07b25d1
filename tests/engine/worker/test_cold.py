from __future__ import annotations

from array import array

import pytest

from stage.engine.worker.cold import Branch, Cold


def path(text: str) -> array[int]:
    return array("i", list(text.encode()))


def bytes_of(text: str) -> bytearray:
    return bytearray(text.encode())


@pytest.fixture
def cold() -> Cold:
    """A trunk `abcd` with two tails, each held once."""
    made = Cold(10_000, "model", whole=False)
    made.put(path("abcd"), 0, bytes_of("ABCD"))
    made.put(path("abcdef"), 4, bytes_of("EF"))
    made.put(path("abcdgh"), 4, bytes_of("GH"))
    return made


def names(cold: Cold, text: str, have: int = 0) -> list[tuple[bytes, int]]:
    return [(bytes(branch.data), upto) for branch, upto in cold.chain(path(text), have)]


def test_a_path_is_put_together_from_stretches(cold: Cold) -> None:
    assert names(cold, "abcdefg") == [(b"ABCD", 4), (b"EF", 6)]
    assert names(cold, "abcdgx") == [(b"ABCD", 4), (b"GH", 5)]
    assert names(cold, "abx") == [(b"ABCD", 2)]
    assert names(cold, "abcdgh", have=4) == [(b"GH", 6)]
    assert names(cold, "xyz") == []
    assert cold.reach(path("abcdefg"), 0) == 6
    assert cold.reach(path("xyz"), 0) == 0


def test_a_stretch_whose_beginning_is_lost_is_of_no_use() -> None:
    cold = Cold(10_000, "model", whole=False)
    cold.put(path("abcdef"), 4, bytes_of("EF"))
    assert names(cold, "abcdef", have=3) == []
    assert names(cold, "abcdef", have=4) == [(b"EF", 6)]
    assert cold.shared(path("abcx")) == 3


def test_a_state_that_cannot_be_cut_serves_only_what_goes_on_from_its_end() -> None:
    cold = Cold(10_000, "model", whole=True)
    cold.put(path("abc"), 0, bytes_of("1"))
    cold.put(path("abcdef"), 0, bytes_of("2"))
    assert names(cold, "abcdefgh") == [(b"2", 6)]
    assert names(cold, "abcdex") == [(b"1", 3)]
    assert names(cold, "ab") == []


def test_the_budget_lets_go_what_was_not_wanted_for_longest() -> None:
    cold = Cold(150, "model", whole=False)
    for name in ("aaaa", "bbbb"):
        cold.put(path(name), 0, bytearray(40))
    assert len(cold) == 2
    names(cold, "aaaa")
    cold.put(path("cccc"), 0, bytearray(40))
    assert [bool(names(cold, each * 4)) for each in "abc"] == [True, False, True]
    assert cold.bytes <= 150
    cold.put(path("dddd"), 0, bytearray(400))  # larger than all there is
    assert len(cold) == 2
    assert not Cold(0, "model", whole=False).takes_any


def test_a_trunk_stays_as_long_as_its_tails(cold: Cold) -> None:
    trunk, tail = (branch for branch, _ in cold.chain(path("abcdef"), 0))
    assert trunk.used > tail.used


@pytest.mark.parametrize("what", ["data", "tokens", "start", "length", "model"])
def test_whatever_changed_is_noticed_and_dropped(cold: Cold, what: str) -> None:
    branch = cold.chain(path("abcd"), 0)[0][0]
    assert cold.sound(branch)
    harm(cold, branch, what)
    assert not cold.sound(branch)
    assert len(cold) == 2
    assert names(cold, "abcd") == []


def harm(cold: Cold, branch: Branch, what: str) -> None:
    if what == "data":
        branch.data[1] ^= 1
    elif what == "tokens":
        branch.tokens = path("abcx")
    elif what == "start":
        branch.start = 1
    elif what == "length":
        branch.data.pop()
    else:
        cold._model = b"another"

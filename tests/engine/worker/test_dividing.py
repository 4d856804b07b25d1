from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.engine.worker.dividing import align, divide
from stage.kit.errors import KnownError
from tests.engine.helpers import Rig

BOS = 257


def test_a_text_is_found_behind_its_context() -> None:
    runner = Rig().runner
    found = divide(runner, [["Hi. ", "Ä <eog>"]], "text", "")
    item = found["items"][0]
    assert found["shared"] == [BOS, *b"Hi. ", *"Ä <eog>".encode()]
    assert (item["tokens"], item["first"]) == ([], 5)
    assert (item["starts"][:3], item["ends"][:3]) == ([0, 1, 2], [1, 2, 3])
    assert item["exact"]
    assert not item["inside"]


def test_what_all_share_is_sent_once() -> None:
    found = divide(Rig().runner, [["Who? ", "Ann"], ["Who? ", "Abe"]], "text", "")
    assert bytes(found["shared"][1:]) == b"Who? A"
    assert [bytes(item["tokens"]) for item in found["items"]] == [b"nn", b"be"]
    assert [item["first"] for item in found["items"]] == [6, 6]


def test_a_template_stands_before_the_text_and_cannot_be_forged() -> None:
    found = divide(Rig().runner, [["Who?", "Me.<|im_end|>"]], "chat", "2026-01-02")
    item, shared = found["items"][0], found["shared"]
    assert bytes(shared[item["first"] :]) == b"Me.<|im_end|>"
    assert shared.count(259) == 1  # the end of the user's turn
    assert item["starts"][0] == 0
    assert item["ends"][-1] == len(b"Me.<|im_end|>")
    assert item["warnings"]
    with pytest.raises(KnownError):
        divide(Rig().runner, [["", "Me."]], "chat", "2026-01-02")


class Wide:
    """A runner whose tokens are wider than a byte."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = list(pieces)
        self.facts = type("F", (), {"bos": None})
        self.controls: list[str] = []

    def tokenise(self, text: str, *, special: bool) -> list[int]:
        return list(range(len(self.pieces)))

    def written(self, token: int) -> bytes:
        return b"<?>"


@pytest.mark.parametrize(
    ("pieces", "first", "starts", "ends", "inside"),
    [
        ((b"ab", b"cd"), 1, [0], [2], False),
        ((b"a", b"bc", b"d"), 1, [0, 1], [1, 2], True),
        ((b"abcd",), 0, [0], [2], True),
        ((b" ab", b"cd"), 1, [0], [2], False),
    ],
)
def test_the_boundary_may_lie_inside_a_token(
    pieces: tuple[bytes, ...], first: int, starts: list[int], ends: list[int], inside: bool
) -> None:
    item = divide(Wide(*pieces), [["ab", "cd"]], "text", "")["items"][0]  # type: ignore[arg-type]
    assert (item["first"], item["starts"], item["ends"]) == (first, starts, ends)
    assert item["inside"] == inside


@given(st.lists(st.binary(min_size=1, max_size=5), max_size=20))
def test_pieces_of_a_text_lie_end_to_end(pieces: list[bytes]) -> None:
    starts, ends, exact = align(pieces, b"".join(pieces))
    assert exact
    assert [end - start for start, end in zip(starts, ends, strict=True)] == [*map(len, pieces)]


def test_what_a_tokenizer_changed_belongs_to_the_next_token() -> None:
    assert align([b" a", b"b"], b"ab") == ([0, 1], [1, 2], True)
    assert align([b"a", b"b"], b"a  b") == ([0, 1], [1, 4], False)
    assert align([b"a", b"?", b"b"], b"a" + "☃".encode() + b"b") == ([0, 1, 1], [1, 1, 5], False)
    assert not align([b"a"], b"ab")[2]

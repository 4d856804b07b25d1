from __future__ import annotations

import dataclasses
import json
import math
from array import array
from typing import Any

import pytest

from stage.engine import protocol
from stage.engine.scores import Score, ScoredToken, Sheet, unheard
from stage.play.token import Vocabulary

VOCABULARY = Vocabulary("b2:x", [b"a", b" b", b"\xe2\x98", b"c"])
DIVIDED: dict[str, Any] = {
    "shared": [3, 0],
    "items": [
        {
            "tokens": [1, 2], "first": 1, "starts": [0, 1, 3], "ends": [1, 3, 5], "inside": False,
            "exact": True, "warnings": ["w"], "repairs": [], "template_hash": None,
        },
    ],
}  # fmt: skip


def numbers(at: int, count: int, **changed: str) -> protocol.Scored:
    def pack(kind: str, value: float, times: int) -> str:
        return protocol.pack(array(kind, [value] * times).tobytes())

    given = {
        "logprobs": pack("f", -1.5, count), "entropies": pack("f", 2.0, count),
        "ranks": pack("i", 3, count), "top_ids": pack("i", 2, 2 * count),
        "top_logprobs": pack("f", -0.5, 2 * count),
    }  # fmt: skip
    return protocol.Scored("q", 0, at, **(given | changed))


def test_numbers_arrive_in_parts_and_make_a_score() -> None:
    sheet = Sheet(DIVIDED, unheard)
    assert sheet.order("q").items == [{"tokens": [1, 2], "first": 1}]
    sheet.note(numbers(1, 1))
    with pytest.raises(protocol.BadFrame, match="missing"):
        sheet.read(VOCABULARY)
    sheet.note(numbers(2, 2))
    score = sheet.read(VOCABULARY)[0]
    assert (score.sum, score.scored, score.bytes) == (-4.5, 3, 5)
    assert score.nats_per_token == 1.5
    assert score.bits_per_byte == pytest.approx(4.5 / math.log(2) / 5)
    told = score.to_json(VOCABULARY)
    assert json.loads(json.dumps(told)) == told
    assert told["tokens"][1] == {
        "id": 1, "text": " b", "bytes": [1, 3], "logprob": -1.5, "entropy": 2.0, "rank": 3,
        "top": [{"id": 2, "text": "\ufffd", "b64": "4pg=", "logprob": -0.5}] * 2,
    }  # fmt: skip
    assert told["tokens"][2]["b64"] == "4pg="


@pytest.mark.parametrize("name", ["logprobs", "entropies", "ranks", "top_ids", "top_logprobs"])
def test_numbers_that_do_not_fit_are_refused(name: str) -> None:
    with pytest.raises(protocol.BadFrame):
        Sheet(DIVIDED, unheard).note(numbers(1, 1, **{name: protocol.pack(b"\0" * 12)}))


def test_numbers_of_nothing_known_are_refused() -> None:
    with pytest.raises(protocol.BadFrame):
        Sheet(DIVIDED, unheard).note(dataclasses.replace(numbers(1, 1), item=5))


def test_what_has_no_score_counts_nowhere() -> None:
    tokens = (ScoredToken(0, b"a", 0, 1), ScoredToken(1, b" b", 1, 3, -2.0, 1.0, 1))
    score = Score(tokens, False, True, (), (), None)
    assert (score.sum, score.scored, score.bytes) == (-2.0, 1, 2)
    told = score.to_json(VOCABULARY)["tokens"][0]
    assert told["logprob"] is told["entropy"] is told["rank"] is told["top"] is None
    alone = Score(tokens[:1], False, True, (), (), None)
    assert (alone.sum, alone.nats_per_token, alone.bits_per_byte) == (0.0, None, None)

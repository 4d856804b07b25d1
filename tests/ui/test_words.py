from __future__ import annotations

import pytest

from stage.play.line import Cut, Kind, Status
from stage.ui import words
from tests.ui.helpers import line


def test_every_enum_has_its_words() -> None:
    assert all(words.kind(each) or each is Kind.SPEECH for each in Kind)
    for reason in Cut:
        assert words.ending(line("a", "r", reason=reason))
    assert words.ending(line("a", "r", reason=None)) == "typed"
    running = line("a", "r", reason=None, status=Status.RUNNING)
    assert words.ending(running) == "still speaking"


def test_samplers_are_told_as_one_would() -> None:
    plain = {"chain": [{"name": "temperature", "t": 1.0}, {"name": "dist"}]}
    assert words.sampler(plain) == "temp 1, nothing cut"
    trimmed = {"chain": [{"name": "top_k", "k": 40}, {"name": "top_p", "p": 0.95, "keep": 1},
                         {"name": "temperature", "t": 0.8}, {"name": "dist"}]}  # fmt: skip
    assert words.sampler(trimmed) == "top-k 40, top-p 0.95, temp 0.8"
    assert words.sampler({"chain": [{"name": "greedy"}]}).startswith("greedy")


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (words.progress("reading weights", 43, 100), "reading weights 43 %"),
        (words.progress("reading prompt", 512, 2048), "reading prompt 512/2,048"),
        (words.percent(0.412), "41 %"),
        (words.percent(0.0412), "4.1 %"),
        (words.percent(0.000412), "0.041 %"),
        (words.speed(112, 10.0), "11.2 tok/s"),
        (words.speed(1, 0.0), ""),
        (words.count(1, "line"), "1 line"),
        (words.count(1200, "line"), "1,200 lines"),
        (words.count(2, "branch"), "2 branches"),
        (words.ago(30), "just now"),
        (words.ago(7300), "2 hours ago"),
    ],
)
def test_numbers_carry_their_units(made: str, wanted: str) -> None:
    assert made == wanted

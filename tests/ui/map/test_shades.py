from __future__ import annotations

import pytest

from stage.play.spot import Spot, Spots
from stage.ui.dress.theme import NARRATOR
from stage.ui.map.shades import BY_ID, MODES, WEAKEST, Shade, Shades

SPEAKERS = {"ada": (0, "Ada"), "ben": (1, "Ben")}
LINES = [
    Spot("a", None, 1, speaker="ada", model="base", tokens=2, nats=1.0, length=10, rating=2),
    Spot("b", "a", 2, speaker="ben", model="chat", tokens=2, nats=5.0, length=30),
    Spot("c", "b", 3, speaker="cy", length=20),
]


def shades(mode: str, lines: list[Spot] = LINES) -> Shades:
    work = Shades(BY_ID[mode], SPEAKERS, {"base": "stage-base", "chat": "chat"}).measuring(
        Spots(lines)
    )
    while True:
        try:
            next(work)
        except StopIteration as done:
            made: Shades = done.value
            return made


def test_by_speaker_and_by_model_colours_are_those_of_the_legend() -> None:
    made = shades("speaker")
    assert [made.of(each) for each in LINES] == [Shade(0), Shade(1), Shade(NARRATOR)]
    assert [each.words for each in made.legend()] == ["Ada", "Ben"]
    made = shades("model")
    assert [made.of(each) for each in LINES] == [Shade(0), Shade(1), Shade(NARRATOR)]
    assert [each.words for each in made.legend()] == ["stage-base", "chat", "typed"]
    assert [made.label(each) for each in LINES] == ["stage-base", "chat", "typed"]
    assert all(not made.number(each) for each in LINES)


@pytest.mark.parametrize(
    ("mode", "numbers"),
    [("surprise", ["0.50", "2.50", ""]), ("nats", ["1", "5", ""]), ("length", ["10", "30", "20"]),
     ("rating", ["2", "", ""])],
)  # fmt: skip
def test_a_larger_number_is_a_stronger_colour_and_no_number_none(
    mode: str, numbers: list[str]
) -> None:
    made = shades(mode)
    assert [made.number(each) for each in LINES] == numbers
    strengths = [made.of(each).strength for each in LINES]
    assert [bool(each) for each in strengths] == [bool(each) for each in numbers]
    known = sorted((float(n), s) for n, s in zip(numbers, strengths, strict=True) if n)
    assert [s for _, s in known] == sorted(s for _, s in known)
    assert known[-1][1] == 1.0
    assert len(known) == 1 or known[0][1] == WEAKEST
    legend = made.legend()
    assert legend[-1].words == "unknown"
    assert legend[-2].words.endswith(made.mode.unit)


def test_where_no_number_is_known_the_legend_says_so() -> None:
    made = shades("rating", LINES[1:])
    assert [each.words for each in made.legend()] == ["known of no line"]


def test_modes_have_ids_of_their_own() -> None:
    assert len(BY_ID) == len(MODES)

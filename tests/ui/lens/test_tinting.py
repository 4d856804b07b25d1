from __future__ import annotations

from stage.ui.lens.sight import Meeting
from stage.ui.lens.tinting import places, shade
from tests.ui.lens.test_sight import sight

ONE = sight((b" You", -6.0), (b" keep", -3.0), (b" it", None), text="You keep it", entropy=None)
OTHER = sight((b" You", -2.0), (b" keep", -3.0), (b" it", -1.0), text="You keep it", model="chat")


def test_surprise_is_as_strong_as_it_is_great_and_the_unknown_has_no_colour() -> None:
    made = shade("surprise", ONE)
    assert [(each.start, each.end, each.strength, each.hue) for each in made.tints] == [
        (0, 3, 1.0, 0), (3, 8, 0.5, 0)]  # fmt: skip
    assert "logprob \u22126.000, rank 1, entropy unknown (stored)" in made.tips[0]
    assert "logprob unknown, rank unknown" in made.tips[2]
    assert shade("entropy", ONE).tints == []
    assert [each.strength for each in shade("entropy", OTHER).tints] == [0.2, 0.2, 0.2]


def test_a_difference_has_a_side_and_words_for_it() -> None:
    made = shade("difference", ONE, Meeting(ONE, OTHER))
    assert [(each.hue, each.strength) for each in made.tints] == [(-1, 1.0), (0, 0.0)]
    assert "4.00 nats likelier to chat" in made.tips[0]
    assert "as likely to both" in made.tips[1]
    turned = shade("difference", ONE, Meeting(ONE, OTHER), turned=True)
    assert [each.hue for each in turned.tints] == [1, 0]
    assert shade("difference", ONE).tints == []


def test_tokens_that_do_not_match_say_so() -> None:
    other = sight((b" Youk", -1.0), (b"eep it", -1.0), text="Youkeep it", model="chat")
    made = shade("difference", ONE, Meeting(ONE, other))
    assert "chat: not comparable here" in made.tips[1]


def test_hostile_tokens_are_seen_and_never_act() -> None:
    made = shade("surprise", sight((b"\x1b[2J", -1.0), ("\u202eab".encode(), -1.0), (b"\xff", -1.0),
                                   text="", ))  # fmt: skip
    assert "\x1b" not in "".join(made.tips)
    assert "\u202e" not in "".join(made.tips)
    assert "\\u202eab" in made.tips[1]
    assert "\\xff" in made.tips[2]


def test_a_token_stands_once_in_several_rows_or_nowhere() -> None:
    made = sight((b" One", -1.0), (b",\n  two", -2.0), (b"\xe2\x82", -1.0), (b"\xac", -1.0),
                 text="One,\ntwo\u20ac")  # fmt: skip
    assert [(each.start, each.end) for each in places(made, 0)] == [(0, 3)]
    assert [(each.start, each.end) for each in places(made, 1)] == [(3, 4), (5, 8)]
    assert places(made, 2) == places(made, 3) != []
    assert places(made, 4) == []

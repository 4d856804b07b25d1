"""Where a cut line goes over to somebody else."""

from __future__ import annotations

import codecs

import pytest

from stage.play.cutting import CutRule, Cutter, line_text
from stage.play.ghosts import Ghost, handed_over, unresolved
from stage.play.line import Cut
from stage.play.spoken import Spoken
from tests.play.making import cast, said

CAST = cast("al", "alice", "bo")


def spoken(*pieces: str, rule: CutRule | None = None) -> Spoken:
    """What Al's model said, cut where the cutter cuts."""
    rule = rule or CutRule.of(CAST["al"], CAST, blocks=True)
    raw = "".join(pieces)
    cut_at = Cutter(rule).feed(raw).cut_at
    told = tuple(each.encode() for each in pieces)
    return Spoken(told, raw, cut_at, rule, line_text(raw, cut_at, rule))


@pytest.mark.parametrize(
    ("pieces", "name", "member", "kept"),
    [
        ((" Hi", ".", "\n", "Bo", ":"), "Bo", "bo", 3),
        ((" Hi", ".\n", "Alice", ":", " no"), "Alice", "alice", 2),
        ((" Hi", ".\n", "**BO**", ":"), "Bo", "bo", 2),
        ((" Hi", ".\n", "Bo (to Al):"), "Bo", "bo", 2),
        ((" Hi.\n", "Old", " Tom", ": "), "Old Tom", None, 1),
    ],
)
def test_the_name_and_the_tokens_of_the_line(
    pieces: tuple[str, ...], name: str, member: str | None, kept: int
) -> None:
    over = handed_over(spoken(*pieces), "al", CAST)
    assert over is not None
    assert (over.name, over.member, over.kept) == (name, member, kept)
    assert over.raw == "".join(pieces[kept:]).lstrip()
    assert line_text(over.raw + " What now?", None, over.rule) == line_text(
        over.raw.partition(":")[2] + " What now?", None, CutRule()
    )


def test_a_line_of_a_chat_may_be_another_s_from_its_first_row_on() -> None:
    rule = CutRule.of(CAST["al"], CAST, blocks=False, fresh=True)
    whole = spoken("Bo", ":", " hi", rule=rule)
    assert whole.text == ""
    over = handed_over(whole, "al", CAST)
    assert over is not None
    assert (over.kept, over.member, over.raw) == (0, "bo", "Bo: hi")


def test_other_cuts_are_nobody_s() -> None:
    assert handed_over(spoken(" Hi", ".\n", "\n"), "al", CAST) is None
    assert handed_over(spoken(" Hi", ".\n", "[A door"), "al", CAST) is None
    assert handed_over(spoken(" Hi", "."), "al", CAST) is None


@pytest.mark.parametrize("label", ["Bo", "Alice", "Carol", "Мария"])
def test_the_offer_is_made_wherever_the_bytes_are_split(label: str) -> None:
    whole = f" Hi.\n{label}: hi".encode()
    known = cast("al", "alice", "bo", "мария")
    rule = CutRule.of(known["al"], known, blocks=True)
    raw = whole.decode()
    for at in range(1, len(whole)):
        cutter, reader = Cutter(rule), codecs.getincrementaldecoder("utf-8")()
        verdict = cutter.feed(reader.decode(whole[:at]))
        if verdict.reason is None:
            verdict = cutter.feed(reader.decode(whole[at:]))
        assert verdict.cut_at == len(" Hi.")
        said_ = Spoken((whole[:at], whole[at:]), raw, verdict.cut_at, rule, "Hi.")
        over = handed_over(said_, "al", known)
        assert over is not None
        assert (over.name, over.raw) == (label, f"{label}: hi")
        assert over.member == (None if label == "Carol" else label.lower())
        assert line_text(over.raw, None, over.rule) == "hi"


def test_a_ghost_ends_where_the_next_one_begins() -> None:
    over = handed_over(spoken(" Hi.\n", "Bo", ":"), "al", CAST)
    assert over is not None
    raw = over.raw + " And you?\nAl: Me"
    cut_at = len(over.raw) + len(" And you?")
    ghost = Ghost("x", over, (), raw, cut_at, Cut.LABEL)
    assert Cutter(over.rule).feed(raw).cut_at == cut_at
    assert ghost.text == "And you?"


def test_a_ghost_is_open_until_something_became_of_it() -> None:
    line = said("1", "al", "Hi.", reason=Cut.LABEL)
    assert unresolved(line, [])
    assert not unresolved(line, [said("2", "bo", "x")])
    assert not unresolved(said("1", "al", "Hi.", reason=Cut.EOG), [])
    assert not unresolved(said("1", "al", "x", reason=Cut.LABEL, labels={"ghost": "left"}), [])

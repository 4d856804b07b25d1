"""Who hears what, fixed at commit; and that nothing unheard leaks into a prompt or a choice."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.kit.errors import BadInput
from stage.play.audience import addressed, heard_by, heard_by_all, meant, present
from stage.play.cast import Cast
from stage.play.line import Kind, Line
from stage.play.persona import persona
from stage.play.prompting import FRAMES
from stage.play.speaking import RULES
from tests.play.making import cast, facts, said

IDS = ("ada", "bo", "cy", "di_h", "teller")
KINDS = [kind for kind in Kind if kind is not Kind.SCENE]
WISHES = st.lists(
    st.tuples(
        st.sampled_from(IDS), st.sampled_from(KINDS), st.none() | st.sets(st.sampled_from(IDS))
    ),
    max_size=10,
)
Wishes = list[tuple[str, Kind, "set[str] | None"]]
EVERYONE = frozenset(IDS)


def performed(wishes: Wishes, members: Cast) -> list[Line]:
    """A path of the wishes that can be performed, each with a canary in its text."""
    path: list[Line] = []
    for number, (speaker, kind, audience) in enumerate(wishes):
        try:
            ears = heard_by(kind, speaker, audience, members, present(path, members))
        except BadInput:
            continue
        path.append(said(f"l{number}", speaker, f"canary{number}.", kind, heard_by=ears))
    return path


def hears(viewer: str, path: list[Line], index: int, wishes: Wishes) -> bool:
    """Written again from the table of personas.md, to hold the code against."""
    line = path[index]
    audience = (wishes[int(line.id[1:])][2] or set()) - {line.speaker}
    if line.kind is Kind.OOC:
        return False
    if viewer == line.speaker:
        return True
    moves = [
        each.kind
        for each in path[:index]
        if each.speaker == viewer and each.kind in (Kind.ENTER, Kind.EXIT)
    ]
    if moves and moves[-1] is Kind.EXIT:
        return False
    if line.kind in (Kind.THOUGHT, Kind.ASIDE, Kind.WHISPER) or audience:
        return viewer in audience
    return True


@pytest.mark.parametrize("name", FRAMES.names)
@given(WISHES, st.sampled_from(IDS))
def test_a_prompt_holds_what_was_heard_and_no_canary_else(
    name: str, wishes: Wishes, viewer: str
) -> None:
    members = cast(*IDS)
    path = performed(wishes, members)
    prompt = FRAMES[name].prompt(path, members[viewer], facts(members))
    text = "\0".join([*(each.text for each in prompt.segments), prompt.prefill])
    for index, line in enumerate(path):
        assert (line.text in text) == hears(viewer, path, index, wishes), (line, prompt)


@pytest.mark.parametrize("name", RULES.names)
@given(WISHES, st.integers())
def test_no_choice_of_a_speaker_tells_what_was_not_heard_by_all(
    name: str, wishes: Wishes, seed: int
) -> None:
    members = cast(*IDS)
    path = performed(wishes, members)
    there = present(path, members)
    view = heard_by_all(path, members, there)
    for line in path:
        ears = IDS if line.heard_by is None else line.heard_by
        assert (line in view) == (line.kind is not Kind.OOC and there <= set(ears))
    decision = RULES[name].select(view, members, {"present": there}, Random(seed))
    unheard = {line.text for line in path} - {line.text for line in view}
    assert not any(text in str(decision) for text in unheard)


def test_the_usual_audience_of_each_kind() -> None:
    members = cast("ada", "bo", "cy")
    there = {"ada", "bo", "cy"}
    usual = {
        Kind.SPEECH: None, Kind.NARRATION: None, Kind.DIRECTION: None, Kind.ENTER: None,
        Kind.EXIT: None, Kind.THOUGHT: ("ada",), Kind.ASIDE: ("ada",), Kind.OOC: (),
    }  # fmt: skip
    for kind, ears in usual.items():
        assert heard_by(kind, "ada", None, members, there) == ears
    assert heard_by(Kind.WHISPER, "cy", ["bo"], members, there) == ("bo", "cy")
    assert heard_by(Kind.DIRECTION, "cy", ["ada"], members, there) == ("ada", "cy")
    assert heard_by(Kind.SPEECH, "ada", None, members, {"ada", "cy"}) == ("ada", "cy")
    assert heard_by(Kind.ENTER, "bo", None, members, {"ada"}) == ("ada", "bo")


def test_a_line_that_cannot_be_heard_or_said_is_refused() -> None:
    members = cast("ada", "bo", "teller")
    for kind, speaker, audience, there, reason in (
        (Kind.WHISPER, "ada", None, {"ada", "bo"}, "needs someone"),
        (Kind.WHISPER, "ada", ["ada"], {"ada", "bo"}, "needs someone"),
        (Kind.WHISPER, "ada", ["bo"], {"ada"}, "Bo cannot hear"),
        (Kind.SPEECH, "bo", None, {"ada"}, "Bo is not on stage"),
    ):
        with pytest.raises(BadInput, match=reason):
            heard_by(kind, speaker, audience, members, there)
    assert heard_by(Kind.NARRATION, "teller", None, members, {"ada"}) == ("ada", "teller")


def test_typed_names_at_the_start_make_an_audience() -> None:
    members = cast("ada", "bo")
    assert addressed("hello @bo", members) == ((), "hello @bo")
    assert addressed("@Bo come here", members) == (("bo",), "come here")
    assert addressed("@bo, @Ada: @BO come", members) == (("bo", "ada"), "come")
    for text, reason in (("@Bob hush", "@Bob"), ("@ bo", "Nobody"), ("@Bo", "empty")):
        with pytest.raises(BadInput, match=reason):
            addressed(text, members)


def test_what_a_typed_line_leaves_open_is_filled_in() -> None:
    members = cast("ada", "teller")
    ada, teller = members["ada"], members["teller"]
    assert meant("x", None, None, ada, members) == (Kind.SPEECH, None, "x")
    assert meant("x", None, None, teller, members) == (Kind.NARRATION, None, "x")
    assert meant("@ada x", None, None, teller, members) == (Kind.WHISPER, ("ada",), "x")
    assert meant("@ada x", Kind.SPEECH, None, teller, members)[2] == "@ada x"
    assert meant("x", None, ["ada"], teller, members) == (Kind.WHISPER, ["ada"], "x")
    assert meant("", Kind.EXIT, None, ada, members)[2] == "Ada leaves."


def test_a_whisper_reaches_whom_a_nickname_or_one_word_of_the_name_tells() -> None:
    members = Cast(
        [
            replace(
                cast("ilse")["ilse"],
                label="Captain Ilse Vane",
                persona=persona("Captain Ilse Vane", nickname="Lise"),
            ),
            cast("bo")["bo"],
        ]
    )
    for name in ("Lise", "captain", "Ilse", "Captain Ilse Vane"):
        assert addressed(f"@{name}, come here", members) == (("ilse",), "come here")

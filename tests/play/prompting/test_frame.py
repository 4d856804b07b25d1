"""Properties of every frame: what was heard is in the prompt, what was not never is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.play.cutting import Cutter, line_text
from stage.play.line import Cut, Kind, Line
from stage.play.prompting import DEFAULTS, FRAMES
from stage.play.prompting.budget import fit
from stage.play.prompting.frame import Frame, Prompt, Segment, heard
from tests.play.making import cast, facts, said

IDS = ("ada", "bo", "cy")
KINDS = [kind for kind in Kind if kind not in (Kind.SCENE, Kind.OOC)]
TEXTS = st.text(st.sampled_from("abc Bo:\n*[]"), min_size=1, max_size=12).filter(str.strip)
PATHS = st.lists(
    st.tuples(
        st.sampled_from(IDS),
        st.sampled_from(KINDS),
        st.none() | st.sets(st.sampled_from(IDS), min_size=1).map(sorted).map(tuple),
        TEXTS,
    ),
    max_size=8,
)
Path = list[tuple[str, Kind, tuple[str, ...] | None, str]]


def lines(path: Path) -> list[Line]:
    """Lines with a mark of their own in the text, so that each can be found."""
    return [
        said(f"l{number}", who, f"<{number}>{text}", kind, heard_by=ears)
        for number, (who, kind, ears, text) in enumerate(path)
    ]


def whole(prompt: Prompt) -> str:
    return "\0".join(segment.text for segment in prompt.segments)


@pytest.mark.parametrize("name", FRAMES.names)
@given(PATHS, st.sampled_from(IDS))
def test_every_heard_line_is_there_and_no_other(name: str, path: Path, viewer: str) -> None:
    members = cast(*IDS)
    spoken = lines(path)
    prompt = FRAMES[name].prompt(spoken, members[viewer], facts(members))
    text = whole(prompt)
    shown = [segment.line for segment in prompt.segments if segment.line is not None]
    assert shown == [each.id for each in heard(spoken, members[viewer])]
    for number, each in enumerate(spoken):
        assert (f"<{number}>" in text) == (each.heard_by is None or viewer in each.heard_by)


@pytest.mark.parametrize("name", FRAMES.names)
@given(PATHS, st.sampled_from(IDS), st.integers(0, 200))
def test_what_does_not_fit_is_reported(name: str, path: Path, viewer: str, room: int) -> None:
    from stage.kit.errors import KnownError

    members = cast(*IDS)
    prompt = FRAMES[name].prompt(lines(path), members[viewer], facts(members))
    counts = [len(segment.text) for segment in prompt.segments]
    try:
        kept, dropped = fit(prompt.segments, counts, room)
    except KnownError:
        return
    assert sum(len(each.text) for each in kept) <= room
    given_, left = ({each.line for each in some} - {None} for some in (prompt.segments, kept))
    assert given_ == left | {each.line for each in dropped}
    assert not left & {each.line for each in dropped}


@pytest.mark.parametrize("name", FRAMES.names)
@given(PATHS)
def test_the_static_part_is_the_same_for_all_viewers(name: str, path: Path) -> None:
    members = cast(*IDS)
    found = set()
    for viewer in members:
        segments = FRAMES[name].prompt(lines(path), viewer, facts(members)).segments
        found.add("".join(each.text for each in segments if each.part == "static"))
    assert len(found) == 1


@pytest.mark.parametrize("name", FRAMES.names)
def test_no_viewer_sees_another_s_private_card(name: str) -> None:
    members = cast(*IDS)
    for viewer in members:
        text = whole(FRAMES[name].prompt([], viewer, facts(members)))
        for other in IDS:
            assert (f"secretly {other}" in text) == (other == viewer.id)


@pytest.mark.parametrize("name", FRAMES.names)
@given(PATHS, st.sampled_from(IDS))
def test_a_frame_is_pure_and_grows_at_its_end(name: str, path: Path, viewer: str) -> None:
    members = cast(*IDS)
    frame: Frame = FRAMES[name]
    one, two = (frame.prompt(lines(path), members[viewer], facts(members)) for _ in range(2))
    assert one == two
    shorter = frame.prompt(lines(path)[:-1], members[viewer], facts(members))
    before = [each for each in shorter.segments if each.part in ("static", "history")]
    after = [each for each in one.segments if each.part in ("static", "history")]
    assert after[: len(before)] == before


@pytest.mark.parametrize("name", FRAMES.names)
def test_what_nobody_stages_is_left_out(name: str) -> None:
    members = cast(*IDS)
    path = [
        said("a", "ada", "", Kind.SPEECH),
        said("b", "bo", "offstage", Kind.OOC),
        said("c", "ada", "here"),
    ]
    prompt = FRAMES[name].prompt(path, members["ada"], facts(members))
    assert [each.line for each in prompt.segments if each.line] == ["c"]
    assert all(segment.text for segment in prompt.segments)


def test_every_kind_of_model_has_a_frame() -> None:
    assert set(DEFAULTS) == {"base", "chat", "unknown"}
    assert set(DEFAULTS.values()) <= set(FRAMES.names)


def test_neighbours_of_one_role_are_one_message() -> None:
    segments = (
        Segment("static", "a", "system"), Segment("private", "b", "system"),
        Segment("history", "c", "user", "x"), Segment("nudge", "d", "user"),
    )  # fmt: skip
    prompt = Prompt(
        "self", "chat", segments, "", FRAMES["self"].cut(cast("ada")["ada"], cast("ada"))
    )
    assert prompt.messages() == [
        {"role": "system", "content": "a\nb"}, {"role": "user", "content": "c\nd"},
    ]  # fmt: skip
    assert prompt.text == "abcd"


def test_lines_that_cannot_fit_are_not_composed_and_the_first_that_is_stays() -> None:
    """At a token each there is no room for them; pinned ones and the last lines remain."""
    members, most = cast(*IDS), 10
    path = [
        Line(
            f"l{n}",
            None,
            "p",
            Kind.SPEECH,
            IDS[n % 2],
            "Hm.",
            labels={"pin": True} if n == 4 else {},
        )
        for n in range(200)
    ]
    starts = []
    for count in range(1, len(path) + 1):
        prompt = FRAMES["transcript"].prompt(path[:count], members[IDS[0]], facts(members), most)
        shown = [each.line for each in prompt.segments if each.line is not None]
        gone = [each.id for each in prompt.passed]
        assert sorted(shown + gone) == sorted(each.id for each in path[:count])
        assert len(shown) >= min(2 * most, count)
        assert len(shown) <= 3 * most + 1
        assert "l4" not in gone
        starts.append(len(gone))
    assert starts == sorted(starts)
    assert len(set(starts)) <= 1 + len(path) / most


NESTED = ("al", "alice", "мария", "小明", "小")


@pytest.mark.parametrize("viewer", NESTED)
@pytest.mark.parametrize("name", FRAMES.names)
def test_each_line_has_one_label_whatever_the_names_are(name: str, viewer: str) -> None:
    """Double label (ST#2820), "Al" catches "Alice": nested names, names of other scripts."""
    members = cast(*NESTED)
    path = [said(f"l{n}", who, f"<{n}> words.") for n, who in enumerate(NESTED)]
    frame = FRAMES[name]
    prompt = frame.prompt(path, members[viewer], facts(members))
    shown = {each.line: each.text for each in prompt.segments if each.line}
    bare = []
    for line in path:
        label = members[str(line.speaker)].label
        written = label.upper() if name == "screenplay" else label
        text = shown[line.id].strip()
        bare += [line.speaker] if text == line.text else []
        assert text in (line.text, *(f"{written}{gap}{line.text}" for gap in (": ", "\n")))
    if name == "prose":
        assert len(bare) == len(path), "it has no names"
        return
    assert len(bare) == (name in ("self", "user_slot")), "the one in the assistant's seat"
    own = members[viewer].label
    for raw in (f"{own}: Hi.", f" {own}: {own}: Hi.", f"**{own}**: Hi."):
        assert Cutter(prompt.cut).feed(raw).reason is None
        assert line_text(raw, None, prompt.cut) == "Hi."
    for other in (each.label for each in members if each.id != viewer):
        raw = f"Hi.\n{other}: no"
        verdict = Cutter(prompt.cut).feed(raw)
        assert (verdict.reason, line_text(raw, verdict.cut_at, prompt.cut)) == (Cut.LABEL, "Hi.")

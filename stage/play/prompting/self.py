"""The self frame: the persona is the assistant; everyone else speaks in the user's turn."""

from collections.abc import Sequence

from stage.play.cast import Cast, Member
from stage.play.cutting import CutRule
from stage.play.line import Kind, Line
from stage.play.prompting.frame import Facts, Frame, Segment
from stage.play.prompting.script import guarded, header, late, nudge, static, system, written


def _compose(path: Sequence[Line], viewer: Member, facts: Facts) -> list[Segment]:
    orders = f"You are {viewer.label}. Speak only as {viewer.label}."
    segments = [static(facts, header(facts), "system"), *system(facts.known.private, orders)]
    segments += [each for line in path if (each := _turn(line, viewer, facts.cast)) is not None]
    return [*segments, *late(facts), nudge(viewer)]


def _turn(line: Line, viewer: Member, cast: Cast) -> Segment | None:
    if line.speaker == viewer.id and line.kind is Kind.SPEECH and line.text:
        mine = cast.label_of(line) == viewer.label  # not as whom it plays, or played
        said = line.text if mine else f"{cast.label_of(line)}: {line.text}"
        said = guarded(said, cast)
        return Segment("history", said, "assistant", line.id)
    text = written(line, cast)
    return None if text is None else Segment("history", text, "user", line.id)


def _cut(viewer: Member, cast: Cast) -> CutRule:
    return CutRule.of(viewer, cast, blocks=False, fresh=True)


ENTRY = Frame("self", "Self as assistant", "chat", _compose, _cut)

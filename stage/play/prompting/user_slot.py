"""The user_slot frame: another member is the assistant; the viewer is written as the user."""

from collections.abc import Sequence

from stage.play.cast import Cast, Member
from stage.play.cutting import CutRule
from stage.play.line import Kind, Line
from stage.play.prompting.frame import Facts, Frame, Segment
from stage.play.prompting.script import guarded, header, late, static, system, written


def _compose(path: Sequence[Line], viewer: Member, facts: Facts) -> list[Segment]:
    segments = [static(facts, header(facts), "system"), *system(facts.known.private)]
    seat = _seat(viewer, facts.cast)
    segments += [each for line in path if (each := _turn(line, seat, facts.cast)) is not None]
    return [*segments, *late(facts), Segment("open", f"{viewer.label}:", "slot")]


def _seat(viewer: Member, cast: Cast) -> str | None:
    """Who is the assistant: the first other member that a model plays, else the first other."""
    others = [member for member in cast if member.id != viewer.id]
    played = [member for member in others if not member.human]
    return next((member.id for member in [*played, *others]), None)


def _turn(line: Line, seat: str | None, cast: Cast) -> Segment | None:
    if line.speaker == seat and line.kind is Kind.SPEECH and line.text:
        return Segment("history", guarded(line.text, cast), "assistant", line.id)
    text = written(line, cast)
    return None if text is None else Segment("history", text, "user", line.id)


def _cut(viewer: Member, cast: Cast) -> CutRule:
    return CutRule.of(viewer, cast, blocks=False)


ENTRY = Frame("user_slot", "In the user's turn", "chat", _compose, _cut)

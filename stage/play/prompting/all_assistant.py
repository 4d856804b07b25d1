"""The all_assistant frame: the assistant writes every model's part, people are the user.

Roles are the same for every viewer, so all share their past; the private part comes late.
"""

from collections.abc import Sequence

from stage.play.cast import Cast, Member
from stage.play.cutting import CutRule
from stage.play.line import Kind, Line
from stage.play.prompting.frame import Facts, Frame, Segment
from stage.play.prompting.script import bracketed, header, late, nudge, private, static, written

_ORDER = "Each line starts with its speaker."


def _compose(path: Sequence[Line], viewer: Member, facts: Facts) -> list[Segment]:
    segments = [static(facts, f"{header(facts)}\n{_ORDER}", "system")]
    for line in path:
        text = written(line, facts.cast)
        if text is not None:
            segments.append(Segment("history", text, _role(line, facts.cast), line.id))
    segments += private(facts.known.private, bracketed, "user")
    return [*segments, *late(facts), nudge(viewer), Segment("open", f"{viewer.label}:", "prefill")]


def _role(line: Line, cast: Cast) -> str:
    known = line.speaker in cast and line.kind is not Kind.DIRECTION
    return "assistant" if known and not cast[str(line.speaker)].human else "user"


def _cut(viewer: Member, cast: Cast) -> CutRule:
    return CutRule.of(viewer, cast, blocks=False)


ENTRY = Frame("all_assistant", "All as assistant", "chat", _compose, _cut)

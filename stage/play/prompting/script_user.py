"""The script_user frame: the whole script in one turn of the user, to be continued."""

from collections.abc import Sequence

from stage.play.cast import Cast, Member
from stage.play.cutting import CutRule
from stage.play.line import Line
from stage.play.prompting.frame import Facts, Frame, Segment
from stage.play.prompting.script import bracketed, header, late, nudge, private, static, written

_ORDER = "Continue the script with one line."


def _compose(path: Sequence[Line], viewer: Member, facts: Facts) -> list[Segment]:
    segments = [static(facts, f"{header(facts)}\n{_ORDER}", "system")]
    for line in path:
        text = written(line, facts.cast)
        if text is not None:
            segments.append(Segment("history", text, "user", line.id))
    segments += private(facts.known.private, bracketed, "user")
    return [*segments, *late(facts), nudge(viewer), Segment("open", f"{viewer.label}:", "prefill")]


def _cut(viewer: Member, cast: Cast) -> CutRule:
    return CutRule.of(viewer, cast, blocks=False)


ENTRY = Frame("script_user", "Script from the user", "chat", _compose, _cut)

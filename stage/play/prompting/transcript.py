"""The transcript frame: a script that a base model goes on writing."""

from collections.abc import Sequence

from stage.play.cast import Cast, Member
from stage.play.cutting import CutRule
from stage.play.line import Line
from stage.play.prompting.frame import Facts, Frame, Segment
from stage.play.prompting.script import header, written


def _compose(path: Sequence[Line], viewer: Member, facts: Facts) -> list[Segment]:
    segments = [Segment("static", header(facts) + "\n\n")]
    for line in path:
        text = written(line, facts.cast)
        if text is not None:
            segments.append(Segment("history", text + "\n", line=line.id))
    if viewer.persona.private:
        segments.append(Segment("private", f"[About {viewer.label}: {viewer.persona.private}]\n"))
    segments.append(Segment("open", f"{viewer.label}:"))
    return segments


def _cut(viewer: Member, cast: Cast) -> CutRule:
    return CutRule.of(viewer, cast, blocks=True)


ENTRY = Frame("transcript", "Transcript", "text", _compose, _cut)

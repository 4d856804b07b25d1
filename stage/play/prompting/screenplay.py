"""The screenplay frame: names in capitals on rows of their own, for base models."""

from collections.abc import Sequence

from stage.play.cast import Cast, Member, fold
from stage.play.cutting import CutRule
from stage.play.line import Kind, Line
from stage.play.prompting.frame import Facts, Frame, Segment
from stage.play.prompting.script import headed, header, indented, lead, private, static


def _compose(path: Sequence[Line], viewer: Member, facts: Facts) -> list[Segment]:
    title, *rest = header(facts).split("\n")
    heading = "\n".join([title.upper(), "", *rest])
    segments = [static(facts, f"{heading}\n\n")]
    for line in path:
        text = _written(line, facts.cast)
        if text is not None:
            segments.append(Segment("history", f"{text}\n\n", line=line.id))
    told = (*facts.known.private, *facts.known.last)
    segments += private(told, lambda each: f"({headed(each)})\n\n", "")
    return [*segments, Segment("open", f"{viewer.label.upper()}\n")]


def _written(line: Line, cast: Cast) -> str | None:
    if line.kind in (Kind.SCENE, Kind.OOC) or not line.text:
        return None
    text = indented(line.text)
    if line.kind is Kind.DIRECTION:
        return f"({text})"
    if line.kind in (Kind.NARRATION, Kind.ENTER, Kind.EXIT):
        return f"  {text}" if _is_label(text.split("\n")[0], cast) else text
    return f"{lead(line, cast).upper()}\n{text}"


def _is_label(row: str, cast: Cast) -> bool:
    """Whether a row of narration would read as somebody's label."""
    name = fold(row.partition("(")[0].strip("*[]: "))
    return any(name == fold(member.label) for member in cast)


def _cut(viewer: Member, cast: Cast) -> CutRule:
    return CutRule.of(viewer, cast, blocks=True, rows=True)


def _openings(member: Member | None) -> tuple[str, ...]:
    """Narration stands there as it is, so it cannot be told from a name."""
    return () if member is None else (f"{member.label.upper()}\n", f"{member.label.upper()} (")


ENTRY = Frame("screenplay", "Screenplay", "text", _compose, _cut, _openings)

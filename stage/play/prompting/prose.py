"""The prose frame: one text that goes on, without names, title or cast; what a loom writes.

What models said is joined as they said it, blanks included, so that a line may end in the middle
of a word and the next one go on there; so is what a person types as the one who speaks it. What
the scene and a card tell stands above the text, which nothing may part from how it goes on; where
they tell nothing, the text is all there is.
"""

from collections.abc import Sequence

from stage.play.cast import Cast, Member
from stage.play.cutting import CutRule
from stage.play.line import Kind, Line
from stage.play.prompting.frame import Facts, Frame, Segment
from stage.play.prompting.script import bracketed, private, static

_ENDS = tuple(".!?\u2026\"')\u201d\u2019")
_STAGED = {Kind.DIRECTION: "[Direction: {}]", Kind.ENTER: "[{}]", Kind.EXIT: "[{}]"}


def _compose(path: Sequence[Line], viewer: Member, facts: Facts) -> list[Segment]:
    told = facts.known
    rows = [" ".join(told.setting.split()), *(each.text for each in told.shared)]
    above = "\n".join(filter(None, rows))
    segments = [static(facts, f"{above}\n\n")] if above else []
    segments += private(told.private, lambda each: f"{bracketed(each)}\n\n", "")
    for line, text in zip(path, joined(path, viewer), strict=True):
        if text:
            segments.append(Segment("history", text, line=line.id))
    return segments + private(told.last, lambda each: f"\n{bracketed(each)}\n", "")


def joined(path: Sequence[Line], viewer: Member) -> list[str]:
    """What each line of a path adds to the text that `viewer` goes on with."""
    found, before = list[str](), ""
    for line in path:
        if line.kind in (Kind.SCENE, Kind.OOC) or not line.text:
            found.append("")
            continue
        text = _STAGED.get(line.kind, "{}").format(line.text)
        before = _joint(before, text, line, viewer) + text
        found.append(before)
    return found


def same_text(one: Sequence[Line], other: Sequence[Line], viewer: Member) -> bool:
    """Whether two paths are one text to `viewer`, however it is cut into lines."""
    pairs = zip(one, other, strict=False)
    shared = next(
        (at for at, (a, b) in enumerate(pairs) if a.id != b.id), min(len(one), len(other))
    )
    heard = (at for at in reversed(range(shared)) if joined(one[at : at + 1], viewer) != [""])
    start = next(heard, 0)  # how texts are joined hangs on the one before alone
    return "".join(joined(one[start:], viewer)) == "".join(joined(other[start:], viewer))


def runs_on(member: Member) -> bool:
    """Whether what a member says goes on where the text ends, letter for letter, typed or not."""
    return member.actor.frame == ENTRY.id and not member.human


def written_by(path: Sequence[Line], cast: Cast) -> Member | None:
    """Whose text a path is, where it is nothing but one member's that runs on."""
    speakers = {line.speaker for line in path if line.kind is not Kind.SCENE}
    writers = (each for each in cast if {each.id} == speakers)
    return next((each for each in writers if runs_on(each)), None)


def _joint(before: str, text: str, line: Line, viewer: Member) -> str:
    """What stands between two texts that would run into each other."""
    if not before or before[-1].isspace() or text[0].isspace():
        return ""
    if line.kind in _STAGED or before.endswith("]"):
        return "\n"
    mine = line.model is not None or line.speaker == viewer.id
    whole = not mine or (before.endswith(_ENDS) and text[0].isupper())
    return " " if whole else ""  # a text may go on within a word


def _cut(viewer: Member, cast: Cast) -> CutRule:
    return CutRule(bare=True)


ENTRY = Frame("prose", "Prose", "text", _compose, _cut, everywhere=True)

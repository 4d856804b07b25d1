"""How one line is written in a script: the line forms that frames share."""

from collections.abc import Sequence

from stage.play.cast import Cast, Member
from stage.play.line import Kind, Line
from stage.play.prompting.frame import Facts, Segment

_FORMS = {Kind.THOUGHT: " (thinks)", Kind.ASIDE: " (aside)"}


def written(line: Line, cast: Cast) -> str | None:
    """Write a line as a script does, without newline; None when nothing of it is staged."""
    if line.kind in (Kind.SCENE, Kind.OOC) or not line.text:
        return None
    text = indented(line.text)
    if line.kind in (Kind.NARRATION, Kind.ENTER, Kind.EXIT):
        return f"[{text}]"
    if line.kind is Kind.DIRECTION:
        return f"[Direction: {text}]"
    return f"{lead(line, cast)}: {text}"


def lead(line: Line, cast: Cast) -> str:
    """The speaker's label, with how or to whom it is said: "Ada (to Bo)"."""
    mark = _FORMS.get(line.kind, "")
    if line.kind is Kind.WHISPER and line.heard_by:
        names = [cast.label(each) or "" for each in line.heard_by if each != line.speaker]
        mark = f" (to {', '.join(names)})"
    return f"{cast.label(line.speaker)}{mark}"


def transcript(path: Sequence[Line], viewer: Member, facts: Facts, role: str = "") -> list[Segment]:
    """A whole script that ends with the viewer's label: what base models go on writing."""
    segments = [Segment("static", header(facts) + "\n\n", role)]
    for line in path:
        text = written(line, facts.cast)
        if text is not None:
            segments.append(Segment("history", text + "\n", role, line.id))
    if viewer.persona.private:
        segments.append(Segment("private", about(viewer) + "\n", role))
    return [*segments, Segment("open", f"{viewer.label}:", role)]


def openings(member: Member | None) -> tuple[str, ...]:
    """How a line of a member begins in a script; None: of nobody."""
    if member is None:
        return ("[",)
    own = (f"{member.label}:", f"{member.label} (")
    return ("[", *own) if member.persona.narrator else own


def about(viewer: Member) -> str:
    """What only the viewer is told, as a script has it."""
    return f"[About {viewer.label}: {viewer.persona.private}]"


def nudge(viewer: Member) -> Segment:
    """Who speaks now, in a turn of the user."""
    words = f"[{viewer.label} speaks now. Write only {viewer.label}'s words.]"
    return Segment("nudge", words, "user")


def indented(text: str) -> str:
    """Indent all but the first line by two spaces, so that no text can forge a speaker."""
    return "\n  ".join(text.split("\n"))


def header(facts: Facts) -> str:
    """Title, cast and setting, without a newline at the end. Never names who speaks next."""
    listed = [_listed(member) for member in facts.cast if not member.persona.narrator]
    rows = [facts.title, "Cast: " + ", ".join(listed)]
    if facts.setting:
        rows.append("Setting: " + " ".join(facts.setting.split()))
    return "\n".join(rows)


def _listed(member: Member) -> str:
    return f"{member.label} ({member.persona.public})" if member.persona.public else member.label

"""How one line is written in a script: the line forms that frames share."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from stage.play.cast import Cast, Member, fold
from stage.play.line import Kind, Line
from stage.play.prompting.frame import Facts, Segment
from stage.play.prompting.telling import Piece, drawn, order

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
    return f"{cast.label_of(line)}{mark}"


def transcript(path: Sequence[Line], viewer: Member, facts: Facts, role: str = "") -> list[Segment]:
    """A whole script that ends with the viewer's label: what base models go on writing."""
    segments = [static(facts, header(facts) + "\n\n", role)]
    for line in path:
        text = written(line, facts.cast)
        if text is not None:
            segments.append(Segment("history", text + "\n", role, line.id))
    told = (*facts.known.private, *facts.known.last)
    segments += private(told, lambda each: f"{bracketed(each)}\n", role)
    return [*segments, Segment("open", f"{viewer.label}:", role)]


def openings(member: Member | None) -> tuple[str, ...]:
    """How a line of a member begins in a script; None: of nobody."""
    if member is None:
        return ("[",)
    own = (f"{member.label}:", f"{member.label} (")
    return ("[", *own) if member.persona.narrator else own


def private(pieces: Sequence[Piece], form: Callable[[Piece], str], role: str) -> list[Segment]:
    """What only the viewer is told, each piece in the form of the frame."""
    return [Segment("private", form(each), role, piece=each) for each in pieces]


def headed(piece: Piece) -> str:
    """A piece as plain text: "About Ada: ..."."""
    text = indented(piece.text)
    return f"{piece.head}:{'' if text.startswith(chr(10)) else ' '}{text}" if piece.head else text


def bracketed(piece: Piece) -> str:
    """A piece as a script has it: "[About Ada: ...]"."""
    return f"[{headed(piece)}]"


def system(pieces: Sequence[Piece], *orders: str) -> list[Segment]:
    """What only the viewer is told, in the system text, set off from what all are told."""
    segments = private(pieces, headed, "system")
    segments += [Segment("private", each, "system") for each in orders]
    return [replace(each, text=f"\n{each.text}") for each in segments[:1]] + segments[1:]


def late(facts: Facts) -> list[Segment]:
    """What stands right before the nudge, in a turn of the user."""
    return private(facts.known.last, bracketed, "user")


def nudge(viewer: Member) -> Segment:
    """Who speaks now, in a turn of the user."""
    return Segment("nudge", order(viewer), "user")


def indented(text: str) -> str:
    """Indent all but the first line by two spaces, so that no text can forge a speaker."""
    return "\n  ".join(text.split("\n"))


def guarded(text: str, cast: Cast) -> str:
    """A line said bare, its rows that begin like another's line indented but for the first."""
    names = [fold(name) for each in cast for name in (each.label, *each.persona.aliases)]
    first, *rows = text.split("\n")
    return "\n".join([first, *(f"  {row}" if _labelled(row, names) else row for row in rows)])


def _labelled(row: str, names: Sequence[str]) -> bool:
    head = fold(row.lstrip(" *[").partition(":")[0]) if ":" in row else ""
    return any(head.startswith(name) for name in names)


def header(facts: Facts) -> str:
    """Title, cast and setting, without a newline at the end. Never names who speaks next."""
    told = facts.known
    listed = [
        f"{each.label} ({told.public[each.id]})" if told.public[each.id] else each.label
        for each in facts.cast
        if not each.persona.narrator
    ]
    rows = [facts.title, "Cast: " + ", ".join(listed)]
    if told.setting:
        rows.append("Setting: " + " ".join(told.setting.split()))
    return "\n".join([*rows, *(each.text for each in told.shared)])


def static(facts: Facts, text: str, role: str = "") -> Segment:
    """The part that all share, with what was drawn for it."""
    lore = ", ".join(each.name for each in facts.known.shared)
    note = {**drawn(facts.known.draws), **({"lore": lore, "key": "always"} if lore else {})}
    return Segment("static", text, role, piece=Piece("", text, note=note) if note else None)

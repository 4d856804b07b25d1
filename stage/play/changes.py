"""What an operation does to a play: elementary changes, each of which the library can reverse.

Content is only ever added; everything else moves a pointer. Undoing an added line hides it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stage.play.line import Cut, Kind
from stage.play.persona import Persona

HIDDEN = "hidden"
# Kinds of labels and the type of their value; a tag is {scope, mode}, a cast {actor, ...}.
KINDS: dict[str, type] = {
    "hidden": bool, "archive": bool, "bookmark": bool, "canonical": bool, "collapse": bool,
    "read": bool, "note": str, "chapter": str, "rating": int, "tag": dict, "hoist": list,
    "cast": dict, "model": str, "pin": bool, "summary": list, "ghost": str, "discarded": bool,
    "lore": dict, "rule": dict,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewLine:
    """A typed line is added.

    Attributes:
        heard_by: member ids, None: everyone. `audience`: those it was meant for, where named.
        origin: {operation, of: ids of the lines it was made from}; kept with the line.
        layer: see Line.
    """

    id: str
    parent: str
    kind: Kind
    speaker: str | None
    text: str
    heard_by: tuple[str, ...] | None = None
    persona_version: str | None = None
    origin: Mapping[str, Any] | None = None
    layer: str | None = None
    audience: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class NewTake:
    """A line is made of tokens that other takes of the same model brought.

    Attributes:
        parts: (line, first token, end) in order; tokens, log-probabilities and alternatives are
            taken over bit by bit, the record of the take from the first of these lines.
        raw_text: what the bytes of the parts read as; `text` follows from it, cut_at and `cut`.
        reason: why it ended; None: as the last of the lines.
        origin: as in NewLine.
    """

    id: str
    parent: str
    parts: tuple[tuple[str, int, int], ...]
    text: str
    raw_text: str
    cut_at: int | None
    cut: Mapping[str, Any]
    reason: Cut | None = None
    origin: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetLabel:
    """A label of a line gets a value; None takes it off. HIDDEN is a label, too."""

    line: str
    kind: str
    name: str = ""
    value: Any = True


@dataclass(frozen=True, slots=True)
class SetPlace:
    """A line is shown under `parent` at `position` among its placed siblings."""

    line: str
    parent: str
    position: float


@dataclass(frozen=True, slots=True)
class SetShown:
    """Of the children of a line, this one is shown."""

    parent: str
    child: str


@dataclass(frozen=True, slots=True)
class NewCard:
    """A version of a persona is stored; `parent` is the hash of the one it was made from."""

    persona: Persona
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class SetTitle:
    """The play is called something else."""

    title: str


Change = NewLine | NewTake | NewCard | SetLabel | SetPlace | SetShown | SetTitle

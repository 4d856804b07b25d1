"""What an operation is: a pure plan from a play and arguments to elementary changes."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from stage.director.turns.performing import Turn
from stage.kit.errors import BadInput, reason
from stage.play.audience import heard_by, present
from stage.play.cast import Cast, Member
from stage.play.changes import Change, SetLabel
from stage.play.line import Kind, Line, Status
from stage.play.persona import Persona
from stage.play.scene import Scene
from stage.play.spoken import Spoken
from stage.play.tree import Tree

_ON, _OFF = ("true", "yes", "on", "1"), ("false", "no", "off", "0")


@dataclass(frozen=True, slots=True)
class Key:
    """An argument of an operation.

    Attributes:
        form: "text", "count" (whole number), "flag" (true or false), "line" (an id) or "object"
            (one, or JSON of one).
        default: None: it may be left out and is None then.
        choices: for a text: nothing else is taken.
    """

    help: str
    form: Literal["text", "count", "flag", "line", "object"] = "text"
    default: Any = None
    required: bool = False
    choices: tuple[str, ...] = ()


def _unknown(name: str) -> Persona:
    raise BadInput(f"The persona {name} is not known here.")


@dataclass(frozen=True, slots=True)
class View:
    """What a plan may look at.

    Attributes:
        line: the line it is about; the scene root when none was named.
        spoken: what models said for that line and the one above it, where the operation reads it.
        fresh: gives a new id.
        cast: as it is after the line.
        cards: the versions of personas that changes of the cast name, by hash.
        find: the persona of a name or a card file, or BadInput.
        date: the play's own.
        seed: of the play.
    """

    tree: Tree
    scene: Scene
    line: Line
    fresh: Callable[[], str]
    spoken: Mapping[str, Spoken] = field(default_factory=dict)
    cast: Cast = field(default_factory=lambda: Cast(()))
    cards: Mapping[str, Persona] = field(default_factory=dict)
    find: Callable[[str], Persona] = _unknown
    date: str = ""
    seed: str = ""

    def told(self) -> Line:
        """The line, which must not be the scene itself nor still running."""
        if self.line.kind is Kind.SCENE:
            raise BadInput("This cannot be done to the scene itself; name a line with --line.")
        return still(self.line)

    def member(self, label: str) -> Member:
        """A member of the cast by name, as it is after the line. Raises BadInput."""
        member = self.cast.named(label)
        if member is None:
            known = ", ".join(each.label for each in self.cast)
            raise BadInput(f"Nobody of the cast is called {label}; it has {known}.")
        return member

    def path(self) -> list[Line]:
        """The lines down to the line, without the scene root."""
        return self.tree.path(self.line.id)[1:]

    def present(self) -> frozenset[str]:
        """Member ids on stage after the line."""
        return present(self.path(), self.cast)

    def ears(
        self, kind: Kind, speaker: str, audience: Sequence[str] | None = None
    ) -> tuple[str, ...] | None:
        """Who hears what is said after the line. Raises BadInput when it cannot be said."""
        return heard_by(kind, speaker, audience, self.cast, self.present())

    def recast(self, member: str, change: Mapping[str, Any]) -> SetLabel:
        """A change of the cast that comes into force after the line.

        Args:
            change: what is another about a member, see play.casting.
        """
        old = self.line.labels.get(f"cast:{member}", {})
        actor = {**old.get("actor", {}), **(change.get("actor") or {})}
        value = {**old, **change, **({"actor": actor} if actor else {})}
        return SetLabel(self.line.id, "cast", member, value)

    def parent(self) -> Line:
        """The line it stands under."""
        return self.tree[str(self.told().parent)]

    def under(self, line: Line) -> list[Line]:
        """What stands right under a line, hidden ones included; nothing of it may be running."""
        return ready(self.tree.children(line.id, hidden=True))

    def whose(self) -> str:
        """Name the line by its speaker."""
        label = self.scene.cast.label_of(self.line)
        return "the scene" if label is None else f"{label}'s line"


@dataclass(frozen=True, slots=True)
class Voiced:
    """A ghost line.

    Attributes:
        line: the one whose model said it.
        parent: the line it comes to stand under; None: it is only shown.
        speaker: member id.
        mark: names the turn it belongs to.
    """

    line: str
    parent: str | None = None
    speaker: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done.

    Attributes:
        changes: in order; those that change nothing are left out when they are done.
        words: what was done, to follow "undo"; empty: the operation's title and whose line.
        turn: a turn to be performed, after the changes that it needs.
        voiced: a ghost line to be kept, or shown, before the turn.
    """

    changes: Sequence[Change] = ()
    words: str = ""
    turn: Turn | None = None
    voiced: Voiced | None = None


@dataclass(frozen=True)
class Operation:
    """One operation on a play.

    Attributes:
        title: a noun for "undo TITLE of Iris's line".
        help: one sentence for the command line.
        reads: whether the plan needs what models said.
        long: whether the plan may take long, so that it is worked out beside the loop: a card may
            have very many entries.
    """

    name: str
    title: str
    help: str
    plan: Callable[[View, dict[str, Any]], Plan]
    keys: Mapping[str, Key] = field(default_factory=dict)
    reads: bool = False
    long: bool = False

    def arguments(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Check and complete arguments; texts are read as what the key wants.

        Raises:
            BadInput: an unknown, missing or unreadable one.
        """
        if unknown := [key for key in given if key not in self.keys]:
            known = ", ".join(self.keys) or "none"
            raise BadInput(f"{self.name} has no key {unknown[0]}; it has {known}.")
        read = {}
        for name, key in self.keys.items():
            value = given.get(name)
            if value is None and key.required:
                raise BadInput(f"{self.name} needs {name}={name.upper()}: {key.help}.")
            read[name] = key.default if value is None else _read(name, key, value)
        return read


def ready(found: Sequence[Line]) -> list[Line]:
    """Lines without those that were purged. Raises BadInput where one is still running."""
    return [still(each) for each in found if each.status is not Status.PURGED]


def still(line: Line) -> Line:
    """A line that is no longer running, and has not been purged. Raises BadInput."""
    if line.status is Status.PURGED:
        raise BadInput("The line was purged; nothing of it is left but its place.")
    if line.status is Status.RUNNING:
        raise BadInput("A line is still being spoken here; stop it or wait for its end.")
    return line


def _read(name: str, key: Key, value: Any) -> Any:
    if key.form == "flag":
        return _flag(name, value)
    if key.form == "count":
        return _count(name, value)
    if key.form == "object":
        return _object(name, value)
    if not isinstance(value, str) or (key.choices and value not in key.choices):
        wanted = f"one of {', '.join(key.choices)}" if key.choices else "a text"
        raise BadInput(f"{name} is {value!r}; it must be {wanted}.")
    return value


def _object(name: str, value: Any) -> dict[str, Any]:
    try:
        found = json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{name} is not readable JSON ({reason(error)}); correct it.") from error
    if not isinstance(found, dict):
        raise BadInput(f"{name} is no object; write {name}='{{...}}'.")
    return found


def _flag(name: str, value: Any) -> bool:
    word = str(value).lower()
    if word not in _ON + _OFF:
        raise BadInput(f"{name} is {value!r}; write {name}=true or {name}=false.")
    return word in _ON


def _count(name: str, value: Any) -> int:
    word = str(value)
    if isinstance(value, bool) or not (word.isascii() and word.isdecimal() and len(word) < 10):
        raise BadInput(f"{name} is {value!r}; write a whole number from 0 up.")
    return int(word)

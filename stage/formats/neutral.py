"""What a reader finds in another program's file: trees of texts, and what could not be kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from stage.kit.errors import BadInput
from stage.play.cast import Actor, ActorKind, Cast, Member, fold
from stage.play.line import Kind
from stage.play.persona import Persona, persona
from stage.play.scene import Scene, colour_of

NODES, TEXT = 1_000_000, 4 << 20  # of one tree; characters of one text
SOMEBODY = "Text"  # who says what nobody is named for


@dataclass(frozen=True, slots=True)
class Node:
    """One text of a tree.

    Attributes:
        id, parent: as in the file; parent None for one that stands at the top.
        speaker: a name, None when the file does not say.
        marks: labels that it has: "bookmark", "collapse".
        made: when, seconds since 1970, as the file says; None where it does not.
    """

    id: str
    parent: str | None
    text: str
    speaker: str | None = None
    kind: Kind = Kind.NARRATION
    marks: tuple[str, ...] = ()
    made: float | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """What an import could not keep as it was.

    Attributes:
        severity: "changed", "dropped" or "invented".
        code: which loss, for programs.
        where: in the file, "" for the whole of it.
        count: how often.
    """

    severity: str
    code: str
    where: str
    count: int
    text: str


class Losses:
    """A loss report being written: the same loss at the same place is counted."""

    def __init__(self) -> None:
        """Begin without losses."""
        self._counts: dict[tuple[str, str, str, str], int] = {}

    def add(self, severity: str, code: str, text: str, where: str = "", count: int = 1) -> None:
        """Note a loss."""
        key = (severity, code, text, where[:80])
        self._counts[key] = self._counts.get(key, 0) + count

    def rows(self) -> tuple[Loss, ...]:
        """Every loss noted so far."""
        return tuple(
            Loss(severity, code, where, count, text)
            for (severity, code, text, where), count in self._counts.items()
        )


@dataclass(frozen=True, slots=True)
class Found:
    """One tree of a file.

    Attributes:
        nodes: parents before children, siblings in order.
        at: the node that was shown last.
        people: the names that persons speak for, where the file tells them from models.
        rule, params: who speaks next, as a scene has them.
        book: what is told in the whole of it, as a scene's lorebook.
        narrators: the names that only ever tell what happens, where the file says so.
    """

    title: str
    nodes: tuple[Node, ...]
    at: str | None = None
    losses: tuple[Loss, ...] = field(default=())
    people: frozenset[str] = frozenset()
    rule: str = "manual"
    params: Mapping[str, Any] = field(default_factory=dict)
    book: Mapping[str, Any] = field(default_factory=dict)
    narrators: frozenset[str] = frozenset()

    @property
    def nameless(self) -> bool:
        """Whether it is nothing but text, as a loom writes it: nobody is named anywhere."""
        return all(node.speaker is None for node in self.nodes)

    @property
    def labels(self) -> list[str]:
        """The names that members of its cast have, in the order they speak in."""
        return list(dict.fromkeys(label_of(node.speaker or SOMEBODY) for node in self.nodes))

    def scene(
        self,
        models: Mapping[str, str] | None = None,
        cards: Mapping[str, Persona] | None = None,
    ) -> tuple[Scene, dict[str, str]]:
        """A scene for the tree, and the member of each name.

        Args:
            models: files by name; the first plays all but `people`, where these are known. Else
                everybody is played by a person.
            cards: those known, by the names folded; who has none is but a name.
        """
        model = next(iter(models or ()), None) if self.people else None
        members: dict[str, Member] = {}
        ids: dict[str, str] = {}
        for name in dict.fromkeys(node.speaker or SOMEBODY for node in self.nodes):
            label = label_of(name)
            member = members.get(fold(label))
            if member is None:
                id_ = f"member-{len(members) + 1}"
                played = model is not None and name not in self.people
                actor = Actor(ActorKind.MODEL, model) if played else Actor(ActorKind.HUMAN)
                tells = {"extensions": {"stage/narrator": True}} if name in self.narrators else {}
                card = (cards or {}).get(fold(label)) or persona(label, **tells)
                member = Member(id_, label, card, actor, colour_of(card, len(members)))
                members[fold(label)] = member
            ids[name] = member.id
        cast = Cast(members.values())
        title = " ".join(self.title.split())[:200] or "Imported"
        files = dict(models or {}) if model is not None else {}
        made = Scene(title, "", files, cast, (), self.rule, 0, 1, (), None, self.params, self.book)
        return made, ids


def label_of(name: str) -> str:
    """A name as it can stand before a line: no colon, bracket or break, at most 40 characters."""
    plain = "".join(" " if each in ":[]" or not each.isprintable() else each for each in name)
    return " ".join(plain.split())[:40].strip() or SOMEBODY


def text_of(value: Any, where: str) -> str:
    """A text of the file. Raises BadInput when it is none, or too long."""
    if not isinstance(value, str):
        raise BadInput(f"The text of {where[:60]!r} is missing or no text; export the file again.")
    if len(value) > TEXT:
        raise BadInput(f"The text of {where[:60]!r} is longer than {TEXT >> 20} MiB.")
    return value


def ordered(nodes: Iterable[Node], losses: Losses) -> tuple[Node, ...]:
    """Nodes with parents first, siblings in the order given; orphans and cycles come to the top."""
    given = {node.id: node for node in nodes}
    children: dict[str | None, list[Node]] = {None: []}
    for node in given.values():
        known = node.parent is None or node.parent in given
        if not known:
            losses.add("changed", "orphan", "stood under nothing; it is at the top now", node.id)
        children.setdefault(node.parent if known else None, []).append(node)
    done: dict[str, Node] = {}
    _walk(children, [*reversed(children[None])], done)
    for node in given.values():
        if node.id not in done:
            losses.add("changed", "cycle", "stood under itself; it is at the top now", node.id)
            _walk(children, [node], done)
    return tuple(done.values())


def _walk(
    children: dict[str | None, list[Node]], waiting: list[Node], done: dict[str, Node]
) -> None:
    tops = {node.id for node in waiting}
    while waiting:
        node = waiting.pop()
        if node.id in done:
            continue
        parent = None if node.id in tops else node.parent
        done[node.id] = replace(node, parent=parent)
        waiting += reversed(children.get(node.id, []))

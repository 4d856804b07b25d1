"""The cast at a line: what operations changed about it, folded over the path down to it.

A change of the cast is a label "cast:MEMBER" of the line that it comes into force after. Its
value holds what is another from there on: {actor: {...}, persona_version, layers, muted, ...};
for somebody new, all that Member.to_json writes. An actor is changed key by key.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from stage.kit.errors import BadInput, KnownError
from stage.play.cast import Cast, Member
from stage.play.line import Line
from stage.play.persona import Persona

_MARK = "cast:"
Changed = tuple[str, Mapping[str, Any]]


def changes_of(line: Line) -> Iterator[Changed]:
    """Member ids and what is changed about them after a line."""
    for key, value in line.labels.items():
        if key.startswith(_MARK):
            yield key[len(_MARK) :], value


def recast(
    members: Iterable[Mapping[str, Any]], changes: Iterable[Changed]
) -> list[dict[str, Any]]:
    """Put changes, in order, into members as Member.to_json writes them; new ones come last."""
    made = {str(each["id"]): dict(each) for each in members}
    for id_, change in changes:
        old = made.get(id_, {})
        actor = {**old.get("actor", {}), **(change.get("actor") or {})}
        made[id_] = {**old, **change, "actor": actor, "id": id_}
    return list(made.values())


def versions_of(member: Mapping[str, Any]) -> Iterator[str]:
    """The hashes of all cards that a member, or a change of one, names."""
    for each in (member, *member.get("layers", ())):
        if "persona_version" in each:
            yield str(each["persona_version"])


class Casts:
    """The cast at any line of the paths that were asked about; each is walked once."""

    def __init__(self, cast: Cast, cards: Mapping[str, Persona]) -> None:
        """Begin with the cast of a scene.

        Args:
            cards: every version of a persona that a change names, by its hash.
        """
        self._cast, self._cards = cast, cards
        self._last: dict[str, tuple[Line, ...]] = {}  # by line: those down to it that change it
        self._made: dict[tuple[str, ...], Cast] = {}  # by the ids of these

    def __contains__(self, line: object) -> bool:
        """Whether the cast after a line is known without a path."""
        return line in self._last

    def walk(self, path: Iterable[Line]) -> None:
        """Learn of every line of a path, without the scene root."""
        changing: tuple[Line, ...] = ()
        for line in path:
            if line.labels and any(key.startswith(_MARK) for key in line.labels):
                changing = (*changing, line)
            self._last[line.id] = changing

    def after(self, line: str) -> Cast:
        """The cast after a line; that of the scene, where none was walked. See `cast_after`."""
        changing = self._last.get(line, ())
        key = tuple(each.id for each in changing)
        if key not in self._made:
            self._made[key] = cast_after(self._cast, changing, self._cards)
        return self._made[key]


def cast_after(cast: Cast, path: Sequence[Line], cards: Mapping[str, Persona]) -> Cast:
    """The cast as it is after a path.

    Args:
        cast: of the scene.
        path: without the scene root.
        cards: every version of a persona that a change names, by its hash.

    Raises:
        KnownError: a change cannot be read, or two members would have one name.
    """
    changes = [each for line in path for each in changes_of(line)]
    if not changes:
        return cast
    known = {layer.persona.version: layer.persona for member in cast for layer in member.stack}
    try:
        made = recast((member.to_json() for member in cast), changes)
        return Cast(Member.from_json(each, {**known, **cards}) for each in made)
    except BadInput:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise KnownError(f"A change of the cast cannot be read ({error}).") from error

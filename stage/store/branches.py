"""Parts of a play's tree, read as they are asked for: paths, families, subtrees, texts."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from stage.play.growth import PAGE, Family, Node
from stage.play.line import Line
from stage.play.tree import Tree
from stage.store import lines, plays

_MANY = 500  # lines read by one statement
_SHOWN = (
    "SELECT p.id, c.id FROM json_each(:ids) j CROSS JOIN message p ON p.id = j.value "
    "JOIN selection s ON s.play = :play AND s.parent = p.rid JOIN message c ON c.rid = s.child"
)
_MARKED = (
    "SELECT m.id FROM label l JOIN message m ON m.rid = l.message "
    "WHERE l.play = :play AND l.kind = :kind ORDER BY m.rid"
)
_COUNT = (
    "SELECT (SELECT count(*) FROM message WHERE play = :play), "
    "(SELECT coalesce(max(rid), 0) FROM message)"
)
Ask = Callable[..., Any]


class Branches:
    """What play.growth.Stored asks for; every question is one piece of work for `ask`."""

    def __init__(self, ask: Ask, play: str) -> None:
        """Let `ask(work, *args)` do `work(connection, *args)` and give its result."""
        self.ask = ask
        self._play = play

    def census(self) -> tuple[int, int]:
        """How many lines the play has, and the rid of the library's newest line."""
        found: tuple[int, int] = self.ask(_census, self._play)
        return found

    def above(self, line: str) -> list[str]:
        """Ids from a line up to the root."""
        return self._ids("above", {"line": line})

    def below(self, line: str) -> list[str]:
        """Ids from a line down to the leaf that was last visited."""
        return self._ids("below", {"line": line})

    def under(self, line: str) -> list[str]:
        """Ids of a line and of all that stands under it."""
        return self._ids("under", {"line": line})

    def marked(self, kind: str) -> list[str]:
        """Ids of the lines that carry a label of a kind."""
        return self._ids("", {"kind": kind})

    def families(self, parents: Sequence[str | None]) -> list[Family]:
        """What stands under each of some lines; None: the scene root."""
        found: list[Family] = self.ask(families, self._play, parents)
        return found

    def shown(self, parents: Sequence[str]) -> Mapping[str, str]:
        """The child last visited under each of some lines, where one was."""
        found: dict[str, str] = self.ask(_shown, self._play, parents)
        return found

    def lines(self, ids: Sequence[str]) -> list[Line]:
        """Lines with their texts and labels."""
        found: list[Line] = self.ask(read, self._play, ids)
        return found

    def _ids(self, query: str, values: Mapping[str, Any]) -> list[str]:
        found: list[str] = self.ask(_listed, self._play, query, values)
        return found


def opened(connection: sqlite3.Connection, play: str, ask: Ask) -> Tree:
    """The tree of a play that knows the path last visited; the rest it will `ask` for."""
    stored = Branches(lambda work, *args: work(connection, *args), play)
    tree = Tree(stored=stored)
    if tree.root is not None:
        tree.path(tree.leaf_under(tree.root.id).id)
    stored.ask = ask
    return tree


def around(connection: sqlite3.Connection, play: str, line: str) -> tuple[list[Family], list[Line]]:
    """The path down to a line, and what stands beside the end of it."""
    ids = _listed(connection, play, "above", {"line": line})
    return families(connection, play, ids[:PAGE]), read(connection, play, ids)


def families(
    connection: sqlite3.Connection, play: str, parents: Sequence[str | None]
) -> list[Family]:
    """What stands under each of some lines, hidden ones included; None: the scene root."""
    rid = lines.rid_of(connection, "play", play)
    found: dict[str | None, list[Node]] = {each: [] for each in parents}
    if None in found:
        query = "SELECT m.id FROM play p JOIN message m ON m.rid = p.root WHERE p.rid = ?"
        found[None] = [Node(id_, None, None, False) for (id_,) in connection.execute(query, (rid,))]
    for some in _paged([each for each in parents if each is not None]):
        values = {"play": rid, "ids": json.dumps(some)}
        for parent, id_, at, hidden in connection.execute(plays.query("families"), values):
            found[parent].append(Node(id_, parent, at, bool(hidden)))
    return [Family(parent, children) for parent, children in found.items()]


def read(connection: sqlite3.Connection, play: str, ids: Iterable[str]) -> list[Line]:
    """Lines of a play as its tree has them; unknown ones are left out."""
    rid = lines.rid_of(connection, "play", play)
    found = []
    for some in _paged(list(ids)):
        values = {"play": rid, "ids": json.dumps(some)}
        query = "m.play = :play AND m.id IN (SELECT value FROM json_each(:ids))"
        rows = list(plays.named(connection, plays.query("tree") % query, values))
        marks = plays.marks_of(connection, rid, [row["rid"] for row in rows])
        found += [lines.line_of(row, play, marks) for row in rows]
    return found


def marked(connection: sqlite3.Connection, play: str, kind: str) -> list[str]:
    """Ids of the lines of a play that carry a label of a kind."""
    return _listed(connection, play, "", {"kind": kind})


def _census(connection: sqlite3.Connection, play: str) -> tuple[int, int]:
    values = {"play": lines.rid_of(connection, "play", play)}
    count, last = connection.execute(_COUNT, values).fetchone()
    return int(count), int(last)


def _listed(
    connection: sqlite3.Connection, play: str, query: str, values: Mapping[str, Any]
) -> list[str]:
    values = {**values, "play": lines.rid_of(connection, "play", play)}
    text = plays.query(query) if query else _MARKED
    return [id_ for (id_,) in connection.execute(text, values)]


def _shown(connection: sqlite3.Connection, play: str, parents: Sequence[str]) -> dict[str, str]:
    values = {"play": lines.rid_of(connection, "play", play), "ids": json.dumps(list(parents))}
    return dict(connection.execute(_SHOWN, values).fetchall())


def _paged(ids: list[str]) -> Iterable[list[str]]:
    return (ids[at : at + _MANY] for at in range(0, len(ids), _MANY))

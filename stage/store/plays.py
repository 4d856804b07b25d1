"""Plays: made from a scene, listed, read as a tree; and the pointers that move in them."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from weakref import WeakValueDictionary

from stage.kit import clock
from stage.kit.canonical import canonical_in_parts
from stage.kit.errors import BadInput, KnownError
from stage.kit.ids import new_id
from stage.play import casting
from stage.play.cast import Member, fold
from stage.play.casting import versions_of
from stage.play.line import Kind, Line, Status
from stage.play.persona import Persona, from_card, persona
from stage.play.scene import Scene
from stage.play.tree import Tree
from stage.store import lines
from stage.store.care import seals
from stage.store.file import schema
from stage.store.file.connection import writing

# Cards by their hashes: what a card says is told by its hash, and one of very many entries takes
# long to read.
_READ: WeakValueDictionary[str, Persona] = WeakValueDictionary()
_SHOWN = (
    "SELECT p.id, c.id FROM selection s JOIN message p ON p.rid = s.parent "
    "JOIN message c ON c.rid = s.child WHERE s.play = ?"
)


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a persona: its hash, that of the one it was made from, when, and its card."""

    hash: str
    parent: str | None
    made: float
    persona: Persona


def create(
    connection: sqlite3.Connection, scene: Scene, date: str, seed: int, forked_from: str | None
) -> str:
    """Store a play with its personas and its root line; return its id."""
    play, now = new_id(), clock.now()
    root: dict[str, Any] = {
        "id": new_id(),
        "play": play,
        "kind": str(Kind.SCENE),
        "status": str(Status.COMPLETE),
        "made": now,
        "text": "",
        "payload": lines.text_of({**scene.to_json(), "date": date, "play_seed": seed}),
    }
    with writing(connection):
        remember_personas(connection, scene.cast.personas)
        source = lines.rid_of(connection, "play", forked_from)
        rid = connection.execute(
            "INSERT INTO play (id, title, forked_from, date, seed, made) VALUES (?, ?, ?, ?, ?, ?)",
            (play, lines.sound(scene.title), source, date, seed, now),
        ).lastrowid
        top = lines.insert(connection, root)
        connection.execute("UPDATE play SET root = ? WHERE rid = ?", (top, rid))
        lines.note(connection, rid, "play", line=root["id"], after={"title": scene.title})
    return play


def remember_personas(connection: sqlite3.Connection, personas: Iterable[Persona]) -> None:
    """Store cards that are new; the persona of that name then points at its newest card."""
    for each in personas:
        remember_version(connection, each, None)


def remember_version(connection: sqlite3.Connection, made: Persona, parent: str | None) -> None:
    """Store a card unless it is known, as made from `parent`, else from the newest of its name."""
    known = "SELECT 1 FROM persona_version WHERE hash = ?"
    _READ.setdefault(made.version, made)
    if connection.execute(known, (made.version,)).fetchone():
        return
    query, key = "SELECT rid, tip FROM persona WHERE name = ? ORDER BY rid LIMIT 1", made.name
    if parent is not None:
        query, key = "SELECT persona, rid FROM persona_version WHERE hash = ?", parent
    found = connection.execute(query, (key,)).fetchone()
    owner, above = found or (_new_persona(connection, made.name), None)
    version = connection.execute(
        "INSERT INTO persona_version (hash, persona, parent, card, made) VALUES (?,?,?,?,?)",
        (made.version, owner, above, canonical_in_parts(made.card).decode(), clock.now()),
    ).lastrowid
    connection.execute("UPDATE persona SET tip = ? WHERE rid = ?", (version, owner))
    seals.seal(connection, "persona_version", made.version)


def versions(connection: sqlite3.Connection, name: str, family: bool = False) -> list[Version]:
    """Every version of the personas of a name, whatever its case, oldest first.

    Args:
        family: `name` is a hash, and all versions of its persona are wanted.
    """
    if family:
        query = (
            "SELECT p.name FROM persona_version v JOIN persona p ON p.rid = v.persona "
            "WHERE v.hash = ?"
        )
        (name,) = connection.execute(query, (name,)).fetchone() or (name,)
    query = (
        "SELECT v.rid, v.hash, u.hash AS parent, v.made, p.name, v.card ->> '$.data.name' AS own "
        "FROM persona_version v JOIN persona p ON p.rid = v.persona "
        "LEFT JOIN persona_version u ON u.rid = v.parent ORDER BY v.rid"
    )
    return [
        Version(row["hash"], row["parent"], row["made"], card(connection, row["hash"]))
        for row in named(connection, query)
        if fold(name) in (fold(row["name"]), fold(str(row["own"])), row["hash"])
    ]


def newest(connection: sqlite3.Connection, names: Iterable[str]) -> dict[str, Persona]:
    """The newest card of each name that says more than the name, by the name folded."""
    wanted = {fold(name) for name in names}
    query = (
        "SELECT v.hash, p.name FROM persona_version v JOIN persona p ON p.rid = v.persona "
        "ORDER BY v.rid"
    )
    hashes = {fold(name): hash_ for hash_, name in connection.execute(query)
              if fold(name) in wanted and hash_ != persona(name).version}  # fmt: skip
    return {name: card(connection, hash_) for name, hash_ in hashes.items()}


def remember(connection: sqlite3.Connection, made: Persona) -> None:
    """Store a card that no play has brought."""
    with writing(connection):
        remember_personas(connection, [made])


def _new_persona(connection: sqlite3.Connection, name: str) -> int:
    query, id_ = "INSERT INTO persona (id, name) VALUES (?, ?)", new_id()
    rid = int(connection.execute(query, (id_, name)).lastrowid or 0)
    seals.seal(connection, "persona", id_)
    return rid


def scene(connection: sqlite3.Connection, play: str) -> tuple[Scene, str, int]:
    """The scene of a play with its personas, its frozen date and its seed."""
    rid = lines.rid_of(connection, "play", play)
    query = (
        "SELECT m.rid, m.payload, p.title, p.date, p.seed FROM play p "
        "JOIN message m ON m.rid = p.root WHERE p.rid = ?"
    )
    root, payload, title, date, seed = connection.execute(query, (rid,)).fetchone()
    labels = marks_of(connection, rid, [root]).labels.get(root, {})
    return scene_of(connection, payload, play, {**labels, "title": title}), date, seed


def scene_of(
    connection: sqlite3.Connection, payload: str, play: str, recast: Mapping[str, Any] | None = None
) -> Scene:
    """Read the payload of a scene root. Raises KnownError when it cannot be a scene.

    Args:
        recast: the title, and labels of the root that say who plays whom by now.
    """
    try:
        data = _recast(json.loads(payload), recast or {})
        versions = {each for member in data["cast"] for each in versions_of(member)}
        return _typed(Scene.from_json(data, {each: card(connection, each) for each in versions}))
    except BadInput:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise KnownError(f"The scene of the play {play} is damaged; check the library.") from error


def _recast(data: dict[str, Any], recast: Mapping[str, Any]) -> dict[str, Any]:
    """Put in what operations changed about a scene: title, models, lore, rule, actors, cards."""
    for key, value in recast.items():
        kind, _, name = key.partition(":")
        if kind == "model":
            data["models"][name] = value
        elif kind == "title":
            data["title"] = value
        elif kind == "lore":
            data["lore"] = value
        elif kind == "rule":
            data |= {"rule": value["rule"], "params": value["params"]}
    changes = [(key[5:], value) for key, value in recast.items() if key.startswith("cast:")]
    return {**data, "cast": casting.recast(data["cast"], changes)} if changes else data


def cards(connection: sqlite3.Connection, play: str) -> dict[str, Persona]:
    """Every version of a persona that a change of the play's cast names, by its hash.

    Raises:
        BadInput: a version is not in this library.
    """
    changes = _cast_changes(connection, play)
    return {each: card(connection, each) for change in changes for each in versions_of(change)}


def joined(connection: sqlite3.Connection, play: str) -> list[Member]:
    """Whoever joined the cast of a play on any branch, deleted ones too. Raises KnownError."""
    try:
        whole = [each for each in _cast_changes(connection, play) if each.get("since")]
        known = cards(connection, play) if whole else {}
        return [Member.from_json(each, known) for each in whole]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise KnownError(f"A change of the cast cannot be read ({error}).") from error


def _cast_changes(connection: sqlite3.Connection, play: str) -> list[dict[str, Any]]:
    query = "SELECT value FROM label WHERE play = ? AND kind = 'cast' ORDER BY rid"
    rid = lines.rid_of(connection, "play", play)
    return [json.loads(value) for (value,) in connection.execute(query, (rid,))]


def _typed(made: Scene) -> Scene:
    """A scene whose values are of the types it says; an import may hold anything."""
    texts = [made.title, made.setting, made.rule, *made.models, *made.models.values()]
    for member in made.cast:
        texts += [member.id, member.actor.frame or "", member.actor.model or ""]
    counts = (made.turns, made.takes, made.seed or 0)
    if (
        not all(isinstance(each, str) for each in (*texts, *made.fan_out))
        or not all(isinstance(each, int) for each in counts)
        or not {*made.fan_out} <= {*made.models}
    ):
        raise ValueError("a value of the scene is of another type")
    _ = made.lore  # a long book is read here, where no window waits for it
    return made


def card(connection: sqlite3.Connection, version: str) -> Persona:
    """A version of a persona by its hash. Raises BadInput when the library lacks it."""
    query = "SELECT card FROM persona_version WHERE hash = ?"
    found = connection.execute(query, (version,)).fetchone()
    if found is None:
        raise BadInput(f"The library lacks the persona version {version}; import it again.")
    return _read(version, found[0])


def _read(version: str, text: str) -> Persona:
    """A card by its hash; as it was read before, as long as anybody has that at hand."""
    known = _READ.get(version)
    if known is None:
        made = from_card(json.loads(text), where=version)
        known = _READ.setdefault(made.version, made)
    return known


def tree(connection: sqlite3.Connection, play: str) -> Tree:
    """All lines of a play, hidden ones included, with the children last shown."""
    rid = lines.rid_of(connection, "play", play)
    rows = named(connection, query("tree") % "m.play = :play", {"play": rid})
    marks = marks_of(connection, rid)
    return Tree((lines.line_of(row, play, marks) for row in rows), shown(connection, rid))


def shown(connection: sqlite3.Connection, play: int | None) -> dict[str, str]:
    """The child last shown under each line of a play, by id."""
    return dict(connection.execute(_SHOWN, (play,)).fetchall())


def shown_line(connection: sqlite3.Connection, play: str, line: str) -> Line:
    """One line of a play as its tree has it. Raises BadInput for an unknown id."""
    rid = lines.in_play(connection, play, line)[0]
    row = next(iter(named(connection, query("tree") % "m.rid = :line", {"line": rid})))
    marks = marks_of(connection, lines.rid_of(connection, "play", play), [rid])
    return lines.line_of(row, play, marks)


def marks_of(
    connection: sqlite3.Connection, play: int | None, some: Sequence[int] | None = None
) -> lines.Marks:
    """The labels and places of a play, or of some lines of it."""
    labels: dict[int, dict[str, Any]] = {}
    values = {"play": play, "lines": json.dumps(some)}
    among = "" if some is None else " AND {} IN (SELECT value FROM json_each(:lines))"
    query = (
        "SELECT l.message, l.kind, l.name, l.value FROM label l WHERE l.play = :play"
        f"{among.format('l.message')} ORDER BY l.rid"
    )
    for message, kind, name, value in connection.execute(query, values):
        key = f"{kind}:{name}" if name else kind
        labels.setdefault(message, {})[key] = True if value is None else json.loads(value)
    query = (
        "SELECT c.line, m.id, c.position FROM place c JOIN message m ON m.rid = c.parent "
        f"WHERE c.play = :play{among.format('c.line')}"
    )
    found = connection.execute(query, values).fetchall()
    return lines.Marks(labels, {rid: (parent, at) for rid, parent, at in found})


def stand(
    connection: sqlite3.Connection,
    play: str,
    turned: Sequence[tuple[str, str]],
    line: str | None = None,
) -> None:
    """Show each (parent, child) and remember the line stood on, in one transaction."""
    with writing(connection):
        if turned:
            turn(connection, play, turned)
        if line is not None:
            _set_tip(connection, play, line)


def turn(connection: sqlite3.Connection, play: str, turned: Sequence[tuple[str, str]]) -> None:
    """Show each child under its parent; of a long path all at once."""
    rid = lines.rid_of(connection, "play", play) or 0
    values = {"play": rid, "turned": json.dumps(turned)}
    shown: dict[int, str | None] = {}  # what stands there by now, by parent
    events, rows = [], []
    for (parent, child), found in zip(
        turned, connection.execute(query("turned"), values).fetchall(), strict=True
    ):
        above, below, stands, before = found
        for each, known in ((parent, above), (child, below)):
            if known is None:
                lines.in_play(connection, play, each)  # says what is missing
        if stands != above:
            raise BadInput(f"The line {child} does not stand under {parent}; check the ids.")
        before = shown.setdefault(above, before)
        if before != child:
            shown[above] = child
            events.append(lines.event(rid, "select", parent, before, child))
            rows.append((rid, above, below))
    connection.executemany("INSERT OR REPLACE INTO selection VALUES (?, ?, ?)", rows)
    seals.extend(connection, rid, events)


def of_line(connection: sqlite3.Connection, line: str) -> str:
    """The play of a line. Raises BadInput for an unknown id."""
    rid = lines.rid_of(connection, "message", line)
    query = "SELECT p.id FROM message m JOIN play p ON p.rid = m.play WHERE m.rid = ?"
    return str(connection.execute(query, (rid,)).fetchone()[0])


def _set_tip(connection: sqlite3.Connection, play: str, line: str) -> None:
    rid = lines.rid_of(connection, "play", play)
    tip = lines.in_play(connection, play, line)[0]
    query = "SELECT m.id FROM play p LEFT JOIN message m ON m.rid = p.tip WHERE p.rid = ?"
    (before,) = connection.execute(query, (rid,)).fetchone()
    if before == line:
        return
    connection.execute("UPDATE play SET tip = ? WHERE rid = ?", (tip, rid))
    lines.note(connection, rid, "tip", line=line, before=before, after=line)


def set_hidden(connection: sqlite3.Connection, play: str, line: str, hidden: bool) -> None:
    """Hide a line or show it again; nothing is deleted."""
    rid = lines.rid_of(connection, "play", play)
    message = lines.in_play(connection, play, line)[0]
    query = "SELECT rid FROM label WHERE message = ? AND play = ? AND kind = 'hidden'"
    found = connection.execute(query, (message, rid)).fetchone()
    if bool(found) == hidden:
        return
    with writing(connection):
        seq = lines.note(
            connection, rid, "hide" if hidden else "show", line=line, before=not hidden,
            after=hidden,
        )  # fmt: skip
        if hidden:
            query = "INSERT INTO label (play, message, kind, name, event) VALUES (?, ?, ?, '', ?)"
            connection.execute(query, (rid, message, "hidden", seq))
        else:
            connection.execute("DELETE FROM label WHERE rid = ?", found)


def named(connection: sqlite3.Connection, query: str, values: Any = ()) -> Iterable[dict[str, Any]]:
    """Rows of a query as dictionaries."""
    cursor = connection.execute(query, values)
    names = [each[0] for each in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


@cache
def query(name: str) -> str:
    """A query of `stage/store/sql`, read once."""
    return schema.sql(name)

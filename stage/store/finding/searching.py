"""Search over all plays: the full-text index, and by eye what is not in it yet."""

import difflib
import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from stage.play.naming import model_titles
from stage.play.tags import cut
from stage.play.tree import Tree
from stage.store import plays
from stage.store.branches import Branches
from stage.store.care import keeping
from stage.store.finding import indexing
from stage.store.finding.wording import Wanted, folded, span, tokens

SNIPPET = 120  # characters
_PAGE = 500
# Some lines of all plays, and what stands under one: asked once a search.
_UNDER = (
    "m.rid IN (WITH RECURSIVE gone(play, line) AS ({} UNION "
    "SELECT n.play, n.rid FROM gone g JOIN message n ON n.parent = g.line AND n.play = g.play "
    "WHERE NOT EXISTS (SELECT 1 FROM place c WHERE c.play = n.play AND c.line = n.rid) UNION "
    "SELECT c.play, c.line FROM gone g JOIN place c ON c.play = g.play AND c.parent = g.line) "
    "SELECT line FROM gone)"
)
_DELETED = _UNDER.format(
    "SELECT l.play, l.message FROM play p CROSS JOIN label l ON l.play = p.rid "
    "AND l.kind = 'hidden'"
)
_TAGGED = _UNDER.format(  # by tags, given as JSON
    "SELECT m.play, m.rid FROM json_each(?) j CROSS JOIN message m ON m.id = j.value"
)
_HIDING = (
    "SELECT DISTINCT p.id FROM play p CROSS JOIN label l ON l.play = p.rid AND l.kind = 'tag' "
    "WHERE l.message <> p.root AND l.value ->> '$.mode' IN ('hide', 'only')"
)
_DISCARDED = "SELECT play FROM label WHERE kind = 'discarded'"
_ROWS = (
    "SELECT m.rid, m.id, p.id AS play, p.rid AS play_rid, p.title, m.speaker, m.layer, m.kind, "
    f"m.text, m.made, m.cut_reason AS stop, t.model_name AS model, {_DELETED} AS hidden, "
    f"{_TAGGED} AS tagged FROM message m "
    "JOIN play p ON p.rid = m.play LEFT JOIN take t ON t.rid = m.take "
    "WHERE m.rid IN (SELECT value FROM json_each(?))"
)
_STATES = {
    "kept": f"NOT {_DELETED} AND NOT {_TAGGED}",
    "hidden": f"({_DELETED} OR {_TAGGED})",
    "any": "1",
    "interrupted": "m.status = 'interrupted'",
    "typed": "m.take IS NULL",
    "generated": "m.take IS NOT NULL",
}
_LABELS = (  # of everybody of every cast, whoever joined it later too
    "SELECT p.rid AS play, c.value ->> 'id', c.value ->> 'label' FROM play p "
    "JOIN message m ON m.rid = p.root, json_each(m.payload, '$.cast') c UNION "
    "SELECT l.play, l.value ->> 'id', l.value ->> 'label' FROM play p "
    "CROSS JOIN label l ON l.play = p.rid AND l.kind = 'cast' WHERE l.value ->> 'since' IS NOT NULL"
)
_TAGS = "SELECT DISTINCT name FROM label WHERE kind = 'tag'"
_MODELS = (  # as scenes call them, and operations since; takes would be many to look through
    "SELECT p.rid, c.key, c.value FROM play p "
    "JOIN message m ON m.rid = p.root, json_each(m.payload, '$.models') c "
    "UNION ALL SELECT l.play, l.name, l.value ->> '$' FROM play p "
    "CROSS JOIN label l ON l.play = p.rid AND l.kind = 'model'"
)
_FEW = 2000  # lines
_TAKES = "SELECT rid FROM take t WHERE model_name IN ({}){} ORDER BY rid DESC LIMIT ?"
_SAID = "SELECT e.message FROM json_each(?) j CROSS JOIN take_end e ON e.take = j.value"
_NEWEST = (  # from the index of messages alone: the rows are large
    "SELECT message FROM take_end WHERE +take <= ? ORDER BY message DESC LIMIT 1"
)
_BY = (
    "EXISTS (SELECT 1 FROM take t WHERE t.rid = m.take AND t.model_name IN "
    "(SELECT value FROM json_each(?)){})"
)
_THERE = " AND (t.play, t.model_name) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Hit:
    """A line that was found.

    Attributes:
        play, title: the play it was made in.
        speaker: the label it was spoken under, None when nobody of the cast said it.
        model: the scene's name of the model, None when typed.
        text: some of the line, around the first word that was looked for.
        made: seconds since 1970.
        stop: why it ended, None when typed.
        hidden: it is deleted, or stands under a line that is.
        tagged: tags hide it, see play.tags.
        marks: where in `text` the words are that were looked for, as (begin, end).
    """

    id: str
    play: str
    title: str
    speaker: str | None
    model: str | None
    kind: str
    text: str
    made: float
    stop: str | None
    hidden: bool
    tagged: bool = False
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What fields of a search can be filled with, in alphabetical order."""

    speakers: tuple[str, ...]
    models: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on a row `m` of message, with its values."""

    _where: str
    values: tuple[Any, ...]

    def where(self, rid: str = "m.rid") -> str:
        """In SQL; `rid` gives the line's rid, from where it is known before the row is read."""
        return self._where.format(rid=rid)


def search(
    connection: sqlite3.Connection, wanted: Wanted, limit: int, ranked: bool = False
) -> list[Hit]:
    """The lines that fit, newest first or by rank; those not in the index yet come first."""
    away = _tagged(connection)
    found = _found(connection, wanted, away, limit, ranked)
    return _shown(connection, found, wanted, away)


def ids(connection: sqlite3.Connection, wanted: Wanted, limit: int) -> list[str]:
    """As `search`, but ids alone: many of them cost little."""
    rids = json.dumps(_found(connection, wanted, _tagged(connection), limit))
    query = "SELECT m.id FROM json_each(?) j CROSS JOIN message m ON m.rid = j.value"
    return [id_ for (id_,) in connection.execute(query, (rids,))]


def _found(
    connection: sqlite3.Connection, wanted: Wanted, away: str, limit: int, ranked: bool = False
) -> list[int]:
    chosen = _filter(connection, wanted, away)
    if not wanted.phrases:
        return _newest(connection, chosen, limit)
    mark = indexing.mark(connection)
    found = list(_by_eye(connection, wanted, chosen, mark, limit))
    if len(found) < limit:
        try:
            found += _indexed(connection, wanted, chosen, mark, limit - len(found), ranked)
        except sqlite3.DatabaseError:  # a broken index must not block reading
            found = list(_by_eye(connection, wanted, chosen, 0, limit))
    return found


def known(connection: sqlite3.Connection, stop: Callable[[], bool] = lambda: False) -> Known:
    """Everybody of every cast, the title of every model, every tag.

    Raises:
        OperationalError: `stop` interrupted it.
    """
    with keeping.yielding(connection, stop):
        speakers = (str(label) for *_, label in connection.execute(_LABELS))
        models = (title for title in _titles(connection).values())
        tags = (tag for (tag,) in connection.execute(_TAGS))
        named = (sorted(set(each), key=str.casefold) for each in (speakers, models, tags))
        return Known(*map(tuple, named))


def _newest(connection: sqlite3.Connection, chosen: Filter, limit: int) -> list[int]:
    query = f"SELECT m.rid FROM message m WHERE {chosen.where()} ORDER BY m.rid DESC LIMIT ?"
    return [rid for (rid,) in connection.execute(query, (*chosen.values, limit))]


def _indexed(
    connection: sqlite3.Connection, wanted: Wanted, chosen: Filter, mark: int, limit: int,
    ranked: bool,
) -> list[int]:  # fmt: skip
    """From the index; the filter looks at a line only after the index has found it."""
    order = "f.rank" if ranked else "f.rowid DESC"
    where = chosen.where("+f.rowid")  # with no plus the index would be asked for each rid
    query = (
        "SELECT f.rowid FROM message_fts f CROSS JOIN message m ON m.rid = f.rowid "
        f"WHERE f.message_fts MATCH ? AND f.rowid <= ? AND {where} ORDER BY {order} LIMIT ?"
    )
    values = (wanted.match, mark, *chosen.values, limit)
    return [rid for (rid,) in connection.execute(query, values)]


def _by_eye(
    connection: sqlite3.Connection, wanted: Wanted, chosen: Filter, mark: int, limit: int
) -> Iterator[int]:
    """Look through the texts above a watermark, newest first."""
    patterns = [_pattern(words, open_) for words, open_ in wanted.phrases]
    query = (
        "SELECT m.rid, m.text FROM message m WHERE m.rid > ? AND "
        f"{chosen.where()} ORDER BY m.rid DESC"
    )
    for rid, text in connection.execute(query, (mark, *chosen.values)):
        words = f" {' '.join(tokens(text))} "
        if all(pattern in words for pattern in patterns):
            yield rid
            limit -= 1
            if limit == 0:
                return


def _pattern(words: Iterable[str], open_: bool) -> str:
    return f" {' '.join(words)}{'' if open_ else ' '}"


# ---------------------------------------------------------------- fields


def _filter(connection: sqlite3.Connection, wanted: Wanted, away: str) -> Filter:
    where, values = ["m.kind <> 'scene'"], list[Any]()
    if not {*wanted.values("is")} & {"kept", "hidden", "any"}:
        where += [_STATES["kept"], f"m.play NOT IN ({_DISCARDED})"]
        values.append("[]" if wanted.values("tag") else away)  # what is asked for is shown
    for name, value in wanted.fields:
        condition, given = _condition(connection, wanted, name, value, away)
        where.append(condition)
        values += given
    return Filter(" AND ".join(where), tuple(values))


def _tagged(connection: sqlite3.Connection) -> str:
    """Where tags cut the trees of all plays: ids as JSON."""
    found: list[str] = []
    for (play,) in connection.execute(_HIDING).fetchall():
        found += cut(Tree(stored=Branches(lambda work, *args: work(connection, *args), play)))
    return json.dumps(found)


def _condition(
    connection: sqlite3.Connection, wanted: Wanted, name: str, value: str, away: str
) -> tuple[str, list[Any]]:
    if name == "is":
        return _STATES[value], [away] if value in ("kept", "hidden") else []
    if name in ("kind", "stop"):
        return f"m.{'kind' if name == 'kind' else 'cut_reason'} = ?", [value]
    if name in ("date", "before", "after"):
        begins, ends = span(value)
        if name == "date":
            return "m.made >= ? AND m.made < ?", [begins, ends]
        return ("m.made < ?", [begins]) if name == "before" else ("m.made >= ?", [ends])
    if name == "tag":
        tags = connection.execute(_TAGS)
        query = f"m.rid IN ({plays.query('tagged')})"
        return query, [_alike(value, [tag for (tag,) in tags])]
    if name == "play":
        return "m.play IN (SELECT value FROM json_each(?))", [_plays(connection, value)]
    if name == "model":
        return _said_by(connection, value, wanted)
    said = "(m.play, m.speaker) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))"
    return said, [_speakers(connection, value)]


def _said_by(connection: sqlite3.Connection, value: str, wanted: Wanted) -> tuple[str, list[Any]]:
    """What models have said that are called so, by their title or by the scene's name of them.

    Lines are asked one by one where words leave few. Else takes are looked through, newest first,
    which is quicker: of few the lines are listed, of many the newest line is where asking begins.
    """
    titles = _titles(connection)
    near = _near(value, {*titles.values(), *(name for _, name in titles)})
    meant = {each for each, title in titles.items() if title in near or each[1] in near}
    names = [*{name for _, name in meant}]
    apart = any(each not in meant and each[1] in names for each in titles)  # elsewhere another file
    there, pairs = (_THERE, [json.dumps([*meant])]) if apart else ("", [])
    said, by = _BY.format(there), [json.dumps(names), *pairs]
    if wanted.phrases and _rare(connection, wanted):
        return said, by
    query = _TAKES.format(", ".join("?" * len(names)), there)
    takes = [take for (take,) in connection.execute(query, (*names, *pairs, _FEW + 1))]
    if len(takes) <= _FEW:
        return f"{{rid}} IN ({_SAID})", [json.dumps(takes)]
    newest = connection.execute(_NEWEST, (takes[0],)).fetchone() or (0,)
    return f"{{rid}} <= ? AND {said}", [*newest, *by]


def _titles(connection: sqlite3.Connection) -> dict[tuple[int, str], str]:
    """What models are called, by play and the scene's name of them."""
    files: dict[int, dict[str, str]] = {}
    for play, name, file in connection.execute(_MODELS):
        files.setdefault(play, {})[str(name)] = str(file)
    every = ((play, model_titles(own)) for play, own in files.items())
    return {(play, name): title for play, own in every for name, title in own.items()}


def _rare(connection: sqlite3.Connection, wanted: Wanted) -> bool:
    """Whether the index knows few lines with the words."""
    query = "SELECT rowid FROM message_fts WHERE message_fts MATCH ? LIMIT ?"
    try:
        return len(connection.execute(query, (wanted.match, _FEW + 1)).fetchall()) <= _FEW
    except sqlite3.DatabaseError:  # a broken index must not block reading
        return False


def _plays(connection: sqlite3.Connection, value: str) -> str:
    """Plays of that id, else of a title like that."""
    rows = connection.execute("SELECT rid, id, title FROM play").fetchall()
    near = _near(value, {row[2] for row in rows})
    found = [rid for rid, id_, _ in rows if id_ == value]
    return json.dumps(found or [row[0] for row in rows if row[2] in near])


def _speakers(connection: sqlite3.Connection, name: str) -> str:
    """Who is called that in any play."""
    rows = [(play, id_, str(label)) for play, id_, label in connection.execute(_LABELS)]
    near = _near(name, {label for *_, label in rows})
    return json.dumps([(play, id_) for play, id_, label in rows if label in near])


def _alike(name: str, known: Iterable[str]) -> str:
    return json.dumps(sorted(_near(name, set(known))))


def _near(name: str, known: set[str]) -> set[str]:
    """Names that are meant, whatever the case and the accents.

    Exactly that, else those with a word that begins so, else those that hold it, else alike ones.
    """
    name, plain = folded(name).rstrip("*"), {each: folded(each) for each in known}
    alike = {*difflib.get_close_matches(name, sorted(plain.values()), 5, 0.7)}
    ways: tuple[Callable[[str], bool], ...] = (
        lambda each: each == name,
        lambda each: any(word.startswith(name) for word in each.split()),
        lambda each: name in each,
        lambda each: each in alike,
    )
    found = ({each for each in known if fits(plain[each])} for fits in ways)
    return next((each for each in found if each), set())


# ---------------------------------------------------------------- rows


def _shown(connection: sqlite3.Connection, rids: list[int], wanted: Wanted, away: str) -> list[Hit]:
    names: dict[int, dict[str, str]] = {}
    hits = []
    given = (away, json.dumps(rids))
    rows = {row.pop("rid"): row for row in plays.named(connection, _ROWS, given)}
    for row in (rows[rid] for rid in rids):
        play = row.pop("play_rid")
        if play not in names:
            found = connection.execute(f"SELECT * FROM ({_LABELS}) WHERE play = ?", (play,))
            names[play] = {id_: label for _, id_, label in found}
        layer, speaker = row.pop("layer"), row["speaker"]
        row["speaker"] = layer or names[play].get(speaker, speaker)
        row["text"] = snippet(row["text"], [words[0] for words, _ in wanted.phrases])
        found_at = tuple(marks(row["text"], wanted))
        row |= {"hidden": bool(row["hidden"]), "tagged": bool(row["tagged"])}
        hits.append(Hit(**row, marks=found_at))
    return hits


def snippet(text: str, words: list[str]) -> str:
    """Some of a text in one row, from shortly before the first of the words."""
    text = " ".join(text.split())
    if len(text) <= SNIPPET:
        return text
    every = re.finditer(r"\S+", text) if words else ()
    first = next((match.start() for match in every if _begins(match[0], words)), 0)
    start = max(0, min(first - 24, len(text) - SNIPPET))
    space = text.find(" ", start, start + 24)
    start = space + 1 if start and space >= 0 else start
    end = start + SNIPPET
    return f"{'…' if start else ''}{text[start:end].rstrip()}{'…' if end < len(text) else ''}"


def marks(text: str, wanted: Wanted) -> Iterator[tuple[int, int]]:
    """Where the words of the phrases stand in a text, each by itself, in order."""
    whole = {word for words, _ in wanted.phrases for word in words}
    begun = tuple(words[-1] for words, open_ in wanted.phrases if open_)
    for match in re.finditer(r"[^\W_]+", text):
        each = folded(match[0])
        if each in whole or (begun and each.startswith(begun)):
            yield match.span()


def _begins(word: str, wanted: list[str]) -> bool:
    return any(each.startswith(first) for each in tokens(word) for first in wanted)

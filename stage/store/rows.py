"""The library's tables as records: what an export writes and an import checks.

A record names rows by their public ids, never by rid, so that it fits into any library. JSON
columns stay the text they are and blobs stay bytes: what comes back is equal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stage.kit.errors import BadInput

TEXT, BLOB, ROWS = 4 << 20, 64 << 20, 1_000_000  # bytes, bytes, rows of one import
_TYPES: dict[str, tuple[type, ...]] = {
    "int": (int,), "real": (float, int), "text": (str,), "json": (str,), "blob": (bytes,),
    "ref": (str,), "seq": (int,),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a record.

    Attributes:
        form: "int", "real", "text", "json", "blob", "ref" (public name of a row of `table`) or
            "seq" (number of an event within the play, from 1).
        table: what a ref points to.
        optional: may be None.
    """

    name: str
    form: str
    table: str = ""
    optional: bool = False


def _columns(words: str) -> tuple[Column, ...]:
    """Read `name:form`, `name>table`; a question mark makes it optional."""
    columns = []
    for word in words.split():
        bare = word.rstrip("?")
        name, mark, table = bare.partition(">")
        name, _, form = name.partition(":")
        form = "ref" if mark else form or "text"
        columns.append(Column(name, form, table, word.endswith("?")))
    return tuple(columns)


# In the order they are written: what is referred to comes first.
TABLES: dict[str, tuple[Column, ...]] = {
    "vocabulary": _columns("hash pieces:blob"),
    "model": _columns(
        "identity size:int name architecture quantisation vocabulary>vocabulary metadata:json "
        "sha256?"
    ),
    "persona": _columns("id name"),
    "persona_version": _columns("hash persona>persona parent>persona_version? card:json made:real"),
    "play": _columns("id title root>message? tip>message? date seed:int made:real"),
    "prompt": _columns(
        "hash frame template_hash? date text:blob tokens:blob segments:blob dropped:json "
        "repairs:json warnings:json"
    ),
    "take": _columns(
        "id play>play parent>message number:int speaker kind audience:json? heard_by:json? "
        "model>model model_name persona_version>persona_version frame prompt>prompt sampler:json "
        "seed:int mode batch:json engine:json cut:json decision:json? started:real"
    ),
    "message": _columns(
        "id hash play>play parent>message? take>take? evidence? kind speaker? layer? "
        "persona_version>persona_version? audience:json? heard_by:json? cut_at:int? cut_reason? "
        "status made:real text raw_text? payload:json?"
    ),
    "take_end": _columns(
        "take>take message>message reason error? ended:real timings:json count:int ids:blob "
        "logprobs:blob kept:blob? tops:blob lengths:blob pieces:blob?"
    ),
    "score": _columns(
        "id hash play>play message>message model>model condition context prompt>prompt length:int "
        "room:int? engine:json made:real lead:int before:real count:int ids:blob logprobs:blob "
        "entropies:blob ranks:blob tops:blob"
    ),
    "place": _columns("play>play line>message parent>message position:real"),
    "selection": _columns("play>play parent>message child>message"),
    "event": _columns(
        "seq:seq time:real play>play kind line? before:json? after:json? undoes:seq?"
    ),
    "label": _columns("play>play message>message kind name value? event:seq"),
}
# Columns that are never exported, and why.
LOCAL = {
    "persona.tip": "which card is newest is this library's own pointer",
    "play.forked_from": "the play it was forked from may not come along",
    "play.fork_at": "as forked_from",
    "event.hash": "made again when it is imported",
    "take.run": "schema 1 makes no runs yet",
}


def checked(row: Any) -> tuple[str, dict[str, Any]]:
    """The table and the values of an untrusted record. Raises BadInput with the reason."""
    table = row.get("type") if isinstance(row, Mapping) else None
    if not isinstance(table, str) or table not in TABLES:
        raise BadInput(f"it has a record of unknown type {str(table)[:40]!r}.")
    wanted = {column.name: column for column in TABLES[table]}
    if unknown := sorted(str(key) for key in row if key != "type" and key not in wanted):
        raise BadInput(f"a {table} record has an unknown column {unknown[0][:40]!r}.")
    for column in wanted.values():
        _check(table, column, row.get(column.name))
    values = {name: row.get(name) for name in wanted}
    for name in (column.name for column in TABLES[table] if column.form == "real"):
        values[name] = float(values[name])  # as SQLite will give it back
    return table, values


def _check(table: str, column: Column, value: Any) -> None:
    where = f"{table}.{column.name}"
    if value is None:
        if not column.optional:
            raise BadInput(f"a {table} record lacks {column.name}.")
        return
    if isinstance(value, bool) or not isinstance(value, _TYPES[column.form]):
        raise BadInput(f"{where} holds a {type(value).__name__}.")
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise BadInput(f"{where} holds a number that is too large.")
    if isinstance(value, float) and not abs(value) < 1e300:
        raise BadInput(f"{where} holds no finite number.")
    if isinstance(value, str) and (len(value) > TEXT or not _encodes(value)):
        raise BadInput(f"{where} holds a text that is too long or no valid Unicode.")
    if isinstance(value, bytes) and len(value) > BLOB:
        raise BadInput(f"{where} holds more than {BLOB >> 20} MiB.")


def _encodes(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True

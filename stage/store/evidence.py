"""What a line's hash says of its take: the whole record of how it was made and ended."""

import hashlib
import sqlite3
from collections.abc import Mapping
from typing import Any

from stage.kit.canonical import canonical, hash_of
from stage.store import dumping


def of(take: Mapping[str, Any], end: Mapping[str, Any]) -> str:
    """Hash a take and its end, both as records (rows.TABLES); blobs count by their own hash."""
    return ended(begun(take), end)


def begun(take: Mapping[str, Any]) -> bytes:
    """What of the hash is known when a take begins: its record, as canonical JSON."""
    return canonical(_plain(take))


def ended(known: bytes, end: Mapping[str, Any]) -> str:
    """As `of`, of what `begun` gave: the hash of the canonical JSON of both."""
    return hash_of(b'{"end":%b,"take":%b}' % (canonical(_plain(end)), known))


def sealed(row: Mapping[str, Any]) -> str:
    """Hash a record by itself."""
    return hash_of(canonical(_plain(row)))


def stored(connection: sqlite3.Connection, take: int) -> str:
    """Hash a take that has ended, by its rid."""
    return of(record(connection, take), *dumping.records(connection, "take_end", "take", take))


def record(connection: sqlite3.Connection, take: int) -> dict[str, Any]:
    """The record of a take by its rid."""
    (found,) = dumping.records(connection, "take", "rid", take)
    return found


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: hashlib.blake2b(value, digest_size=16).hexdigest()
        if isinstance(value, bytes)
        else value
        for key, value in values.items()
        if key != "type"
    }

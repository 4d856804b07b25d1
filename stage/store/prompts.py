"""Prompts: each exact text once, named by its content, shared by all takes of a fan-out."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from stage.kit.canonical import content_hash
from stage.play.provenance import PromptRecord
from stage.store import blobs, lines
from stage.store.file.connection import writing

_PLAIN = ("frame", "template_hash", "date")
_LISTS = ("dropped", "repairs", "warnings")


def remember(connection: sqlite3.Connection, prompt: PromptRecord) -> str:
    """Store a prompt once and return the hash of its content, which is its id."""
    row = _packed(prompt)
    row["hash"] = hash_of(row)
    known = "SELECT 1 FROM prompt WHERE hash = ?"
    if connection.execute(known, (row["hash"],)).fetchone() is None:
        with writing(connection):
            connection.execute(
                "INSERT INTO prompt (hash, frame, template_hash, date, text, tokens, segments, "
                "dropped, repairs, warnings) VALUES (:hash, :frame, :template_hash, :date, :text, "
                ":tokens, :segments, :dropped, :repairs, :warnings)",
                row,
            )
    return str(row["hash"])


def hash_of(row: Mapping[str, Any]) -> str:
    """The hash of a stored prompt's content. Raises ValueError for a damaged one."""
    return content_hash(read(row))


def read(row: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a row: text, token ids, segments and the rest. Raises ValueError."""
    return {
        "text": blobs.plain(row["text"]).decode("utf-8"),
        "tokens": list(blobs.numbers(row["tokens"], "i")),
        "segments": json.loads(blobs.plain(row["segments"])),
        **{name: row[name] for name in _PLAIN},
        **{name: json.loads(row[name]) for name in _LISTS},
    }


def _packed(prompt: PromptRecord) -> dict[str, Any]:
    ids = blobs.pack_numbers("i", prompt.tokens)
    segments = lines.text_of([dict(each) for each in prompt.segments]) or "[]"
    return {
        "text": blobs.squeezed(lines.sound(prompt.text).encode("utf-8")),
        "tokens": ids,
        "segments": blobs.squeezed(segments.encode("utf-8")),
        **{name: getattr(prompt, name) for name in _PLAIN},
        **{name: lines.text_of(getattr(prompt, name)) for name in _LISTS},
    }

"""Stage JSONL, the lossless form: a header, every row of a play, an end with counts and a hash.

Blobs are objects with one key `base64`. A file comes from anywhere: only BadInput may come out.
"""

import base64
import binascii
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

from stage import __version__
from stage.formats.format import Format, Record, Source
from stage.kit import clock
from stage.kit.errors import BadInput

VERSION = 3  # 1: before alternatives came in format 3, see store.blobs; 2: without scores
LINE, FILE = 16 << 20, 256 << 20  # bytes


def write(source: Source) -> Iterator[str]:
    """Yield the file line by line; the same rows give the same bytes."""
    return _written(list(source.records))


def _written(records: list[Record]) -> Iterator[str]:
    times = [float(row["time"]) for row in records if row["type"] == "event"]
    scored = any(row["type"] == "score" for row in records)
    header = {"format": "stage", "version": VERSION if scored else 2, "app": __version__,
              "created": clock.iso(max(times, default=0.0))}  # fmt: skip
    digest = hashlib.sha256()
    for row in (header, *records):
        text = _line(row)
        digest.update(text.encode("utf-8"))
        yield text
    counts = Counter(str(row["type"]) for row in records)
    yield _line({"end": True, "counts": dict(counts), "sha256": digest.hexdigest()})


def _line(row: Record) -> str:
    plain = {key: _plain(value) for key, value in row.items()}
    text = json.dumps(
        plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode("ascii")}
    return value


def read(file: BinaryIO) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file, for Library.restore.

    Raises:
        BadInput: not a Stage export, of a newer version, altered, cut short or too large. The
            end is reached last, so nothing may be kept before the iterator is exhausted.
    """
    digest, counts = hashlib.sha256(), Counter[str]()
    lines = _lines(file)
    first = next(lines, b"")
    _check_header(_object(first.removeprefix(b"\xef\xbb\xbf"), 1))
    digest.update(first)
    for number, line in enumerate(lines, 2):
        row = _object(line, number)
        if "end" in row:
            _check_end(row, counts, digest.hexdigest())
            if next(lines, b"").strip():
                raise BadInput("The file goes on after its end; it was altered. Export it again.")
            return
        digest.update(line)
        counts[str(row.get("type"))] += 1
        yield {key: _bytes(value, number) for key, value in row.items()}
    raise BadInput("The file is cut short: its last line is missing. Copy or export it again.")


def _lines(file: BinaryIO) -> Iterator[bytes]:
    total = 0
    while line := file.readline(LINE + 1):
        total += len(line)
        if len(line) > LINE or total > FILE:
            raise BadInput(
                f"The file is larger than {FILE >> 20} MiB, or a line than {LINE >> 20} MiB; "
                "export fewer plays at once."
            )
        yield line


def _object(line: bytes, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"Line {number} of the file is not readable JSON; export it again.") from (
            error
        )
    if not isinstance(row, dict):
        raise BadInput(f"Line {number} of the file is no object; export it again.")
    return row


def _refuse(word: str) -> float:
    raise ValueError(f"{word} is no JSON number")


def _check_header(row: dict[str, Any]) -> None:
    version = row.get("version")
    if row.get("format") != "stage" or isinstance(version, bool) or not isinstance(version, int):
        raise BadInput("The file is not a Stage export: its first line does not say so.")
    if version > VERSION:
        raise BadInput(
            f"The file has version {version}, this Stage reads up to {VERSION}; update Stage."
        )


def _check_end(row: dict[str, Any], counts: Counter[str], sha256: str) -> None:
    if row.get("counts") != dict(counts) or row.get("sha256") != sha256:
        raise BadInput("The file does not match its own checksum; copy or export it again.")


def _bytes(value: Any, number: int) -> Any:
    if not isinstance(value, dict):
        return value
    try:
        return base64.b64decode(value["base64"], validate=True)
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise BadInput(f"Line {number} of the file holds bytes that cannot be read.") from error


def _sniff(head: bytes) -> float:
    return 1.0 if head.startswith(b"{") and b'"format":"stage"' in head[:300] else 0.0


ENTRY = Format("stage", "Stage, everything", ".stage.jsonl", _sniff, write, read,
               lossless=True, whole=True)  # fmt: skip

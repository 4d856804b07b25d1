"""Canonical JSON and the hashes made from it. The prefix of a hash names its algorithm."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

_SOME = 256  # values encoded together
_ENCODER = json.JSONEncoder(
    sort_keys=True,
    separators=(",", ":"),
    ensure_ascii=False,
    allow_nan=False,
    check_circular=False,  # what is hashed was read or built here, and is no circle
)


def canonical(value: Any) -> bytes:
    """Encode as UTF-8 JSON with sorted keys and no spaces; NaN is refused with ValueError."""
    return _ENCODER.encode(value).encode("utf-8", "surrogatepass")


def canonical_in_parts(value: Any) -> bytes:
    """As `canonical`, with other threads having their turn: a card may have very many entries."""
    return "".join(_parts(value)).encode("utf-8", "surrogatepass")


def _parts(value: Any, deep: int = 3) -> Iterator[str]:
    """The text of a value, long lists in its uppermost objects some values at a time."""
    if deep and isinstance(value, dict) and value and all(type(key) is str for key in value):
        before = "{"
        for key in sorted(value):
            yield f"{before}{_ENCODER.encode(key)}:"
            yield from _parts(value[key], deep - 1)
            before = ","
        yield "}"
    elif isinstance(value, list) and len(value) > _SOME:
        for at in range(0, len(value), _SOME):
            yield "," if at else "["
            yield _ENCODER.encode(value[at : at + _SOME])[1:-1]
        yield "]"
    else:
        yield _ENCODER.encode(value)


def content_hash(value: Any) -> str:
    """Return `b2:` and the BLAKE2b-16 of the canonical JSON, in hex."""
    return hash_of(canonical(value))


def hash_of(written: bytes) -> str:
    """The content hash of what is canonical JSON already."""
    return "b2:" + hashlib.blake2b(written, digest_size=16).hexdigest()


def content_hash_of(values: Iterable[Any]) -> str:
    """As `content_hash` of a list of the values, which are never all held at once."""
    digest, left, comma = hashlib.blake2b(b"[", digest_size=16), iter(values), b""
    while some := list(islice(left, _SOME)):
        digest.update(comma + canonical(some)[1:-1])
        comma = b","
    digest.update(b"]")
    return "b2:" + digest.hexdigest()

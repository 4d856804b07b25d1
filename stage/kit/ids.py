"""Ids: 26 characters, unique, in order of making (ULID layout: 48 bits of time, 80 of chance).

The alphabet is Crockford's base 32 in lower case. Within one process ids always rise, even when
the clock is set back; a library that is opened lets them rise above all that it holds.
"""

import os
import threading
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_FARTHEST = 366 * 24 * 3600 * 1000  # ms: an id from farther in the future is not followed
_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """Make an id that is larger than every id this process made before."""
    global _last
    fresh = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    with _lock:
        _last = value = max(fresh, _last + 1)
    return "".join(_ALPHABET[value >> shift & 31] for shift in range(125, -1, -5))


def rise_above(known: str) -> None:
    """Make every later id larger than `known`, unless that lies more than a year ahead."""
    global _last
    if len(known) != 26 or not set(known) <= set(_ALPHABET):
        return
    value = 0
    for letter in known:
        value = value << 5 | _ALPHABET.index(letter)
    with _lock:
        if value >> 80 < time.time_ns() // 1_000_000 + _FARTHEST:
            _last = max(_last, value)

"""Ids: 26 characters, unique, in order of making (ULID layout: 48 bits of time, 80 of chance).

The alphabet is Crockford's base 32 in lower case. Within one process ids always rise,
even when the clock is set back. Order of record is still the database's own sequence.
"""

import os
import threading
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """Make an id that is larger than every id this process made before."""
    global _last
    fresh = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    with _lock:
        _last = value = max(fresh, _last + 1)
    return "".join(_ALPHABET[value >> shift & 31] for shift in range(125, -1, -5))

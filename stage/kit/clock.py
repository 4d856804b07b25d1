"""The clock: one place to read the time, so that tests and pictures can freeze it."""

import time
from datetime import UTC, datetime


def now() -> float:
    """Seconds since 1970, as the wall clock says."""
    return time.time()


def iso(seconds: float) -> str:
    """Write a time as ISO 8601 in UTC, to the second."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> str:
    """Today's date in the user's own time zone, YYYY-MM-DD."""
    return datetime.fromtimestamp(now()).strftime("%Y-%m-%d")

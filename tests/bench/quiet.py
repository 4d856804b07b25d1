"""Was the machine quiet? Busy share of all cores while this process sleeps."""

import time

import psutil

LOUD = 0.15  # share of all cores taken by others


def others_share(seconds: float = 1.0) -> float:
    """Share of all cores, 0 to 1, that other programs took during `seconds`."""
    psutil.cpu_percent()
    time.sleep(seconds)
    return psutil.cpu_percent() / 100


def is_quiet() -> bool:
    """Whether others take so little that a measurement can be trusted."""
    return others_share() < LOUD

"""Long work in one transaction, counted as it goes on: whoever counts may end it."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
Heard = Callable[[int], object]  # hears how many rows more are done; what it raises ends the work
SOME = 250  # rows: some milliseconds


def unheard(_: int) -> None:
    """Nobody counts."""


def counted(rows: Iterable[T], heard: Heard) -> Iterator[T]:
    """Rows one by one; some at a time they are heard of when they are done."""
    done = 0
    for row in rows:
        yield row
        done += 1
        if done == SOME:
            heard(done)
            done = 0
    heard(done)

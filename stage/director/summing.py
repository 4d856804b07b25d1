"""Summaries on a branch: which lines each stands for, and what one more would stand for."""

from dataclasses import dataclass

from stage.director.opened import OpenPlay
from stage.director.operations.summarise import covered
from stage.play.line import Line


@dataclass(frozen=True, slots=True)
class Summary:
    """A line that prompts hold in the place of others.

    Attributes:
        of: the lines it stands for, in order.
    """

    line: Line
    of: tuple[Line, ...]


def summaries(play: OpenPlay, leaf: str) -> list[Summary]:
    """The summaries of the path down to a line, the last one first."""
    path = play.path(leaf)
    known = {line.id: line for line in path}
    return [
        Summary(line, tuple(known[each] for each in line.covers if each in known))
        for line in reversed(path)
        if line.covers
    ]


def would_cover(play: OpenPlay, leaf: str, member: str, last: str) -> list[Line]:
    """What a summary by a member would stand for, as the operation `summarise` has it.

    Raises:
        BadInput: there is too little to sum up.
    """
    return covered(play.path(leaf), play.cast(leaf)[member], last)

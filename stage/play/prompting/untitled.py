"""The untitled frame: a chat model prints a file that happens to be the script."""

from collections.abc import Sequence

from stage.play.cast import Cast, Member
from stage.play.cutting import CutRule
from stage.play.line import Line
from stage.play.prompting.frame import Facts, Frame, Segment
from stage.play.prompting.raw import CONTROLS
from stage.play.prompting.script import openings, transcript

_ORDER = "Simulate a terminal. Print only what the command prints."


def _compose(path: Sequence[Line], viewer: Member, facts: Facts) -> list[Segment]:
    return [
        Segment("static", _ORDER, "system"),
        Segment("static", "<cmd>cat untitled.txt</cmd>", "user"),
        *transcript(path, viewer, facts, "prefill"),
    ]


def _cut(viewer: Member, cast: Cast) -> CutRule:
    return CutRule.of(viewer, cast, blocks=True, stops=CONTROLS)


ENTRY = Frame("untitled", "Untitled file", "chat", _compose, _cut, openings)

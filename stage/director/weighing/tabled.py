"""Takes told together, as one table: a column for every group of takes, a row for every measure."""

from collections.abc import Sequence

from stage.director.opened import OpenPlay
from stage.director.weighing.figures import FEW, cell, figures, heading
from stage.director.weighing.tallying import Group, named
from stage.formats.markdown import in_cell, table


def markdown(play: OpenPlay, groups: Sequence[Group]) -> str:
    """The numbers that `stage stats` tells, with what is said of their intervals."""
    found = figures([each.readings for each in groups], list(play.scene.models), of="takes")
    names = [in_cell(named(play, each)) for each in groups]
    counts = [str(len(each.takes)) for each in groups]
    begun = [["Of them begun with tokens of another", *(str(each.begun) for each in groups)]]
    begun = begun if any(each.begun for each in groups) else []
    rows = [
        [in_cell(heading(each, play)), *(cell(each, at) for at in range(len(groups)))]
        for each in found
    ]
    title = in_cell(play.scene.title)
    drawn = ["Sampler", *(in_cell(each.drawn()) for each in groups)]
    body = table([["", *names], ["Takes", *counts], drawn, *begun, *rows])
    return "\n".join([f"# {title}: takes", "", *body, "", FEW, ""])

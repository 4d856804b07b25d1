"""Branches compared: aligned by turn, measured by what is stored, scored when somebody asks.

Nothing is stored. The layout is pure and at once; measures read the record a page at a time.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from stage.director.director import Director
from stage.director.opened import OpenPlay
from stage.director.operations.prefer import TAG
from stage.director.weighing.figures import Readings
from stage.director.weighing.since import since
from stage.director.weighing.worth import Weights, measured
from stage.engine.worker.aside import aside
from stage.kit.errors import BadInput
from stage.measures import MEASURES
from stage.measures.aligning import Aligned, aligned
from stage.measures.measure import Reading, Said, made
from stage.play.line import Line, Status

FEWEST, MOST = 2, 6  # branches
_PAGE = 50  # lines read at once


@dataclass(frozen=True, slots=True)
class Column:
    """A branch in a comparison.

    Attributes:
        leaf: id of the line it ends at.
        branch: what it has after the lines that all have in common.
        title: the chapter or tag it goes by, "" for none.
        frame, seed, sampler: of the first line in it that a model said.
        readings: what every measure found, by its id and the model it is under, "" for none.
    """

    leaf: str
    branch: tuple[Said, ...]
    title: str = ""
    frame: str | None = None
    seed: int | None = None
    sampler: Mapping[str, Any] | None = None
    readings: Readings = field(default_factory=dict)

    @property
    def models(self) -> tuple[str, ...]:
        """The play's names of the models that speak in it, in order."""
        said = (each.line.model for each in self.branch)
        return tuple(dict.fromkeys(name for name in said if name is not None))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Branches side by side."""

    play: OpenPlay
    aligned: Aligned
    columns: tuple[Column, ...]


def lay_out(play: OpenPlay, leaves: Sequence[str]) -> Aligned:
    """Align the branches that end at some lines, as the tree knows them."""
    return aligned([play.path(leaf) for leaf in leaves])


async def compare(director: Director, play: OpenPlay, leaves: Sequence[str]) -> Comparison:
    """Align and measure branches of a play.

    Raises:
        BadInput: fewer than two or more than six, or a line that the play does not have.
    """
    wanted = list(dict.fromkeys(leaves))
    if not FEWEST <= len(wanted) <= MOST:
        raise BadInput(f"{len(wanted)} branches are named; name {FEWEST} to {MOST} to compare.")
    await director.reach(play, *wanted)
    if unknown := next((each for each in wanted if each not in play.tree), None):
        raise BadInput(f"The play has no line {unknown}; see stage tree {play.id}.")
    layout = lay_out(play, wanted)
    columns = [await column(director, play, leaf, layout, at) for at, leaf in enumerate(wanted)]
    return Comparison(play, layout, tuple(columns))


async def column(director: Director, play: OpenPlay, leaf: str, layout: Aligned, at: int) -> Column:
    """Read what is stored of one branch of a layout; a line that is still said has no record."""
    lines = [row[at] for row in layout.rows]
    said = await read(director, [line for line in lines if line is not None])
    first = next(made(said), None)
    detail = await director.line(first.line.id) if first else None
    column = Column(
        leaf, tuple(said), _title([each.line for each in said]),
        detail.frame if detail else None, detail.seed if detail else None,
        first.record.sampler if first and first.record else None,
    )  # fmt: skip
    found = await aside(partial(_measured, column.branch))
    column = replace(column, readings=found)
    recarded = await since(director.library, play, column.branch)
    return await weighed(column, list(play.scene.models), {}, recarded)


def _measured(branch: Sequence[Said]) -> dict[tuple[str, str], tuple[Reading, ...]]:
    return {(each.id, ""): each.of(branch) for each in MEASURES if "branch" in each.fits}


async def read(director: Director, lines: Sequence[Line]) -> list[Said]:
    """What the record knows of lines, a page at a time; nothing of one that is still said."""
    ended = [line.id for line in lines if line.status is not Status.RUNNING]
    records = {}
    for start in range(0, len(ended), _PAGE):
        for record in await director.library.recorded(ended[start : start + _PAGE]):
            records[record.line] = record
    return [Said(line, records.get(line.id)) for line in lines]


def _title(lines: Sequence[Line]) -> str:
    chapter = next((line.chapter for line in lines if line.chapter), "")
    tags = (name for line in lines for name in line.tags if name != TAG)  # it is told apart
    return chapter or next((f"#{name}" for name in tags), "")


async def weighed(
    column: Column, models: Sequence[str], weights: Weights, recarded: Collection[str]
) -> Column:
    """A branch with what is known of it under models by now; reckoned aside of the loop.

    Args:
        recarded: as `since` has them.
    """
    found = await aside(partial(measured, column.branch, models, weights, "branch", recarded))
    return replace(column, readings={**column.readings, **found})

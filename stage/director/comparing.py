"""Branches compared: aligned by turn, measured by what is stored, scored when somebody asks.

Nothing is stored. The layout is pure and at once; measures read the record a page at a time;
scores under models that did not say a line are made on demand, and end with their task.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from stage.director.director import Director
from stage.director.opened import OpenPlay
from stage.director.surprising import has_words, surprisal
from stage.engine.aside import aside
from stage.kit.errors import BadInput, KnownError
from stage.measures import MEASURES
from stage.measures.aligning import Aligned, aligned
from stage.measures.measure import Reading, Said, made, one
from stage.measures.nats import own
from stage.measures.spread import ratio
from stage.play.line import Line, Status

FEWEST, MOST = 2, 6  # branches
UNDER = "under"  # the id of nats per token under a model, whoever said the line
_PAGE = 50  # lines read at once
Readings = Mapping[tuple[str, str], tuple[Reading, ...]]


@dataclass(frozen=True, slots=True)
class Column:
    """A branch in a comparison.

    Attributes:
        leaf: id of the line it ends at.
        branch: what it has after the lines that all have in common.
        title: the chapter or tag it goes by, "" for none.
        frame, seed: of the first line in it that a model said.
        readings: what every measure found, by its id and the model it is under, "" for none.
    """

    leaf: str
    branch: tuple[Said, ...]
    title: str = ""
    frame: str | None = None
    seed: int | None = None
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


@dataclass(frozen=True, slots=True)
class Weight:
    """What a line is worth to a model.

    Attributes:
        nats: minus the log-probability of its text, where the model could be asked.
        error: why it could not be, in words.
    """

    line: str
    model: str
    nats: float = 0.0
    tokens: int = 0
    error: str = ""


Weights = Mapping[tuple[str, str], Weight]  # by line and model


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
    said = await _read(director, [line for line in lines if line is not None])
    first = next(made(said), None)
    detail = await director.line(first.line.id) if first else None
    column = Column(
        leaf, tuple(said), _title([each.line for each in said]),
        detail.frame if detail else None, detail.seed if detail else None,
    )  # fmt: skip
    found = await aside(partial(_measured, column.branch))
    return await weighed(replace(column, readings=found), list(play.scene.models), {})


def _measured(branch: Sequence[Said]) -> dict[tuple[str, str], tuple[Reading, ...]]:
    return {(measure.id, ""): measure.of(branch) for measure in MEASURES}


async def _read(director: Director, lines: Sequence[Line]) -> list[Said]:
    ended = [line.id for line in lines if line.status is not Status.RUNNING]
    records = {}
    for start in range(0, len(ended), _PAGE):
        for record in await director.library.recorded(ended[start : start + _PAGE]):
            records[record.line] = record
    return [Said(line, records.get(line.id)) for line in lines]


def _title(lines: Sequence[Line]) -> str:
    chapter = next((line.chapter for line in lines if line.chapter), "")
    return chapter or next((f"#{name}" for line in lines for name in line.tags), "")


# nats under models that did not say a line


def lacking(
    columns: Sequence[Column], models: Sequence[str], weights: Weights
) -> list[tuple[Line, str]]:
    """What is still to be scored: lines of models, each under every model but its own."""
    lines = {said.line.id: said.line for each in columns for said in _scored(each)}
    wanted = [(line, name) for name in models for line in lines.values()]
    return [
        (line, name)
        for line, name in wanted
        if line.model != name and (line.id, name) not in weights
    ]


async def weigh(
    director: Director, play: OpenPlay, wanted: Sequence[tuple[Line, str]]
) -> AsyncIterator[Weight]:
    """Score lines under models, one after the other; a model is loaded when it is first asked.

    What cannot be scored is yielded with its reason. Cancelling the task ends it.
    """
    broken: dict[str, str] = {}
    for line, name in wanted:
        try:
            model = None if name in broken else await director.pool.load(play.models[name])
        except KnownError as error:  # nor can its other lines be scored
            broken[name] = error.sentence
            model = None
        if model is None:
            yield Weight(line.id, name, error=broken[name])
            continue
        try:
            found = await surprisal(play, line.id, model, name=name)
        except KnownError as error:
            yield Weight(line.id, name, error=error.sentence)
        else:
            yield Weight(line.id, name, found.nats, found.tokens)


def _scored(column: Column) -> list[Said]:
    return [said for said in made(column.branch) if has_words(said.line)]


async def weighed(column: Column, models: Sequence[str], weights: Weights) -> Column:
    """A branch with what is known of it under models by now; reckoned aside of the loop."""

    def found() -> dict[tuple[str, str], tuple[Reading, ...]]:
        return {(UNDER, name): under(column, name, weights) for name in models}

    return replace(column, readings={**column.readings, **await aside(found)})


def under(column: Column, model: str, weights: Weights) -> tuple[Reading, ...]:
    """Nats per token of a branch's lines of models under one model; lines are resampled.

    A line the model said itself counts by its stored logprobs. Empty while any line is unknown:
    numbers over different lines are not to be compared.
    """
    nats, tokens = [], []
    for said in _scored(column):
        if said.line.model == model:
            known = own(said)
            nats.append(sum(known))
            tokens.append(float(len(known)))
            continue
        weight = weights.get((said.line.id, model))
        if weight is None or weight.error:
            return ()
        nats.append(weight.nats)
        tokens.append(float(weight.tokens))
    return one(ratio(nats, tokens))

"""What lines are worth to models that did not say them, asked in two ways.

"own frame": after the prompt that the model itself would receive there, as for `surprisal`.
"same prefix": after the very tokens that the line was said after, token for token; so only where
both have one vocabulary. The first is how the model would be used, the second what compares models.
What was asked once is kept by `scoring`, and recalled while it still holds.
"""

import math
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from stage.director.director import Director
from stage.director.opened import OpenPlay
from stage.director.weighing.looking import Look, after_the_same, in_own_frame, own_nats, stored
from stage.director.weighing.placing import has_words
from stage.director.weighing.scoring import Key as Key
from stage.engine.model import Model
from stage.kit.errors import KnownError
from stage.measures.average import average
from stage.measures.bits import bits_per_byte, size
from stage.measures.measure import Of, Reading, Said, made, one
from stage.measures.nats import own
from stage.measures.spread import ratio
from stage.play.scored import HOWS, How, Scored

UNDER: Mapping[How, str] = {"own frame": "under", "same prefix": "under_same"}  # ids of measures
BITS: Mapping[How, str] = {"own frame": "under_bits", "same prefix": "under_same_bits"}
Mark = tuple[str, str, str]  # line, label, value


@dataclass(frozen=True, slots=True)
class Asked:
    """A line that a model is to be asked about."""

    said: Said
    model: str
    how: How

    @property
    def key(self) -> Key:
        """What the answer is kept under."""
        return self.said.line.id, self.model, self.how


@dataclass(frozen=True, slots=True)
class Weight:
    """What a line is worth to a model.

    Attributes:
        nats: minus the log-probability of each token of its text, where the model could be asked.
        error: why it could not be, in words.
        again: whether it may be asked once more: its model could not be had this time.
    """

    asked: Asked
    nats: tuple[float, ...] = ()
    error: str = ""
    again: bool = False


Weights = Mapping[Key, Weight]


def lacking(lines: Iterable[Said], models: Sequence[str], weights: Weights) -> list[Asked]:
    """What is still to be scored: lines of models, in both ways by whom nothing is stored of."""
    known = {said.line.id: said for said in scored(lines)}.values()
    wanted = [Asked(said, name, how) for name in models for how in HOWS for said in known]
    return [each for each in wanted if not _told(each.said, each.model, each.how)
            and each.key not in weights]  # fmt: skip


def _told(said: Said, model: str, how: How) -> bool:
    """Whether the stored numbers of a line answer for a model, so that it need not be asked.

    A line its model said after another prompt than its own there tells nothing of its own frame.
    """
    elsewhere = said.line.moved or bool(said.record and said.record.borrowed)
    return said.line.model == model and (how == "same prefix" or not elsewhere)


def standing(play: OpenPlay) -> tuple[frozenset[Mark], frozenset[Mark]]:
    """What scores hang on beside the lines they are of: files of models, and what prompts hold."""
    return _marks(play, "model"), _marks(play, "cast", "pin", "summary", "lore")


def _marks(play: OpenPlay, *kinds: str) -> frozenset[Mark]:
    lines = {line.id: line for kind in kinds for line in play.tree.marked(kind)}.values()
    return frozenset(
        (line.id, key, repr(value))
        for line in lines
        for key, value in line.labels.items()
        if key.partition(":")[0] in kinds
    )


async def recall(director: Director, play: OpenPlay, wanted: Sequence[Asked]) -> dict[Key, Weight]:
    """What is known of lines by models that were asked before; nothing of all others."""
    found = await director.scoring.current(play, [each.key for each in wanted])
    return {
        asked.key: Weight(asked, _recalled(asked, found[asked.key]))
        for asked in wanted
        if asked.key in found
    }


async def weigh(
    director: Director, play: OpenPlay, wanted: Sequence[Asked]
) -> AsyncIterator[Weight]:
    """Score lines under models, one after the other; a model is loaded when it is first asked.

    What is known of them comes first, and nobody is asked for it. What cannot be scored is
    yielded with its reason. Cancelling the task ends it; what was scored until then is kept.
    """
    known, broken = await recall(director, play, wanted), dict[str, str]()
    for weight in known.values():
        yield weight
    try:
        for asked in wanted:
            if asked.key not in known:
                yield await _asked(director, play, asked, broken)
                await director.scoring.keep_some()
    finally:
        await director.scoring.write()


async def _asked(
    director: Director, play: OpenPlay, asked: Asked, broken: dict[str, str]
) -> Weight:
    """Ask a model; `broken` tells of those that could not be had."""
    try:
        model = None if asked.model in broken else await _model(director, play, asked.model)
    except KnownError as error:  # nor can its other lines be scored
        broken[asked.model] = error.sentence
        model = None
    if model is None:
        return Weight(asked, error=broken[asked.model], again=True)
    try:
        seen = await _look(director, play, asked, model)
    except KnownError as error:
        return Weight(asked, error=error.sentence)
    director.scoring.keep(play, seen, model)
    values = [each.logprob for each in seen.tokens]
    return Weight(asked, seen.nats() if asked.how == "own frame" else _of_line(asked, values))


async def _model(director: Director, play: OpenPlay, name: str) -> Model:
    return await director.pool.load(play.models[name])


async def _look(director: Director, play: OpenPlay, asked: Asked, model: Model) -> Look:
    line = asked.said.line.id
    if asked.how == "own frame":
        return await in_own_frame(play, line, model, asked.model)
    known = stored(await director.line(line))
    if known is None or known.prompt is None:
        raise KnownError("What a line was said after is not known, so no model can be asked that.")
    if known.vocabulary != model.vocabulary.hash:
        raise KnownError(
            f"{model.card.name} has another vocabulary than the model that said the line, so it "
            "cannot be given the same prefix; it is asked in its own frame only."
        )
    return await after_the_same(known, model, asked.model)


def _recalled(asked: Asked, row: Scored) -> tuple[float, ...]:
    if asked.how == "own frame":
        return own_nats(row.record.tokens.values(), row.record.before)
    return _of_line(asked, row.record.tokens.values())


def _of_line(asked: Asked, logprobs: Sequence[float | None]) -> tuple[float, ...]:
    """Nats of the tokens of the line itself, of those of all that its model said."""
    values = (logprobs[at] for at in asked.said.places() if at < len(logprobs))
    return tuple(-each for each in values if each is not None)


# numbers


def scored(lines: Iterable[Said]) -> list[Said]:
    """The lines of models that say something."""
    return [said for said in made([*lines]) if has_words(said.line)]


def under(lines: Sequence[Said], model: str, how: How, weights: Weights) -> tuple[Reading, ...]:
    """Nats per token of a branch's lines of models under one model; tokens as for `nats`.

    A line the model said itself there counts by its stored logprobs. Empty while any line is
    unknown: numbers over different lines are not to be compared.
    """
    known = _nats_of(lines, model, how, weights)
    return one(average([each for nats in known or () for each in nats]))


def under_takes(
    lines: Sequence[Said], model: str, how: How, weights: Weights
) -> tuple[Reading, ...]:
    """The same of takes, which are resampled whole."""
    known = _nats_of(lines, model, how, weights) or []
    return one(ratio([math.fsum(each) for each in known], [float(len(each)) for each in known]))


def under_bits(
    lines: Sequence[Said], model: str, how: How, weights: Weights
) -> tuple[Reading, ...]:
    """The same per byte of the lines' texts, so that models of different vocabularies compare."""
    known = _nats_of(lines, model, how, weights) or []
    sums = [math.fsum(each) for each in known]
    return one(bits_per_byte(sums, [size(said) for said in scored(lines)][: len(sums)]))


def measured(
    lines: Sequence[Said], models: Sequence[str], weights: Weights, of: Of,
    recarded: Collection[str] = (),
) -> dict[tuple[str, str], tuple[Reading, ...]]:  # fmt: skip
    """All of that, of a branch or of takes, by measure and model.

    Args:
        recarded: lines whose speaker's card has changed since, by id, see since.
    """
    nats = under if of == "branch" else under_takes
    aged = [said for said in scored(lines) if said.line.id in recarded]
    found = {}
    for name in models:
        for how in HOWS:
            stored = [said for said in aged if how == "own frame" and _told(said, name, how)]
            made = {UNDER[how]: nats(lines, name, how, weights),
                    BITS[how]: under_bits(lines, name, how, weights)}  # fmt: skip
            for id_, readings in made.items():
                found[id_, name] = tuple(replace(each, changed=len(stored)) for each in readings)
    return found


def _nats_of(
    lines: Sequence[Said], model: str, how: How, weights: Weights
) -> list[Sequence[float]] | None:
    """Nats of the tokens of each line; None while one of them is unknown."""
    found: list[Sequence[float]] = []
    for said in scored(lines):
        if _told(said, model, how):
            found.append(own(said))
            continue
        weight = weights.get((said.line.id, model, how))
        if weight is None or weight.error:
            return None
        found.append(weight.nats)
    return found

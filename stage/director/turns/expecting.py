"""What a model expects after a line: who speaks next. Any line, any model; nothing is stored."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from stage.director.opened import OpenPlay
from stage.director.prompts import receive
from stage.engine.model import Model
from stage.engine.orders import Ended, TakeOrder
from stage.engine.worker.aside import aside
from stage.kit.errors import BadInput
from stage.kit.ids import new_id
from stage.play.audience import heard_by_all
from stage.play.cast import Cast, Member, fold
from stage.play.chances import Chances, Opening, Question
from stage.play.cutting import CutRule, stranger
from stage.play.line import Line
from stage.play.prompting import FRAMES
from stage.play.prompting.frame import Facts, Frame, Prompt, Segment
from stage.play.sampling import Sampler
from stage.play.speaking.rule import callers, dice_seed

OPEN = tuple(frame.id for frame in FRAMES if frame.openings is not None)
DEFAULTS = {"base": "transcript", "unknown": "transcript", "chat": "raw"}
LENGTH = 12  # tokens of a sampled continuation: enough for a name and its colon
ROOM = 64  # tokens kept free behind the prompt, for the openings


@dataclass(frozen=True, slots=True)
class OpenEnd:
    """A prompt that ends with the last line, before what stands between two lines."""

    frame: Frame
    prompt: Prompt
    gap: str
    tokens: tuple[int, ...]


async def expect(
    play: OpenPlay, at: str, model: Model, *, frame: str | None = None, sampled: int = 0,
    seed: int | None = None,
) -> Chances:  # fmt: skip
    """Ask a model who speaks after a line, of those on stage, the person and the narrator too.

    It reads what everybody on stage has heard, and nothing that only one of them knows.

    Args:
        frame: id of a frame with an open text end; None: the default of the model's kind.
        sampled: how many continuations are sampled to see which newcomers it thinks of.
        seed: of the samples; None: the play's own.

    Raises:
        KnownError: no such frame, no room or no template, in words.
    """
    end = await open_end(play, at, model, frame)
    cast = play.cast(at)
    able, _ = callers(cast, {"present": play.present(at)})
    openings = await asyncio.gather(
        *(_tokenised(model, end, each) for each in _openings(end.frame, cast, able))
    )
    pieces, ends = model.vocabulary.pieces, frozenset(model.capabilities.ends)
    question = Question(end.tokens, end.gap, tuple(openings), pieces, ends)
    ways = await aside(question.ways)
    weights = await model.weigh(question.shared(), ways)
    chances = await aside(lambda: question.read(dict(zip(ways, weights, strict=True))))
    if not sampled:
        return chances
    first = play.seed if seed is None else seed
    names = await newcomers(play, at, model, end, count=sampled, seed=first)
    return replace(chances, newcomers=Counter(each for each in names if each), sampled=sampled)


async def open_end(play: OpenPlay, at: str, model: Model, frame: str | None = None) -> OpenEnd:
    """The prompt that everybody on stage shares after a line. Raises KnownError."""
    chosen = FRAMES[_frame_id(model, frame)]
    cast, there = play.cast(at), play.present(at)
    viewer = next((each for each in cast if each.id in there), cast.members[0])
    known = {line.id for line in heard_by_all(play.path(at), cast, there)}
    shared = replace(chosen, compose=lambda *given: _shared(chosen, known, *given))
    received = await receive(play, at, viewer, model, shared, ROOM)
    kept = [*received.sent.segments]
    last = kept[-1].text
    kept[-1] = replace(kept[-1], text=last.rstrip("\n"))
    prompt = replace(received.prompt, segments=tuple(kept), prefill="")
    gap = last[len(kept[-1].text) :] or "\n"
    return OpenEnd(chosen, prompt, gap, (await model.prepare(prompt)).tokens)


def _shared(
    frame: Frame, known: set[str], path: Sequence[Line], viewer: Member, facts: Facts
) -> list[Segment]:
    """What a frame says of lines that all have heard, and of nobody in particular."""
    segments = frame.compose([line for line in path if line.id in known], viewer, facts)
    return [each for each in segments if each.part in ("static", "history")]


async def newcomers(
    play: OpenPlay, at: str, model: Model, end: OpenEnd, *, count: int, seed: int
) -> list[str | None]:
    """Let the model go on `count` times: the name each begins with, None for one of the cast.

    Seeded by the place in the play, not by ids: the same play performed again draws the same.
    """
    prepared = await model.prepare(replace(end.prompt, prefill=end.gap))
    sampler, node = Sampler((), "dist", LENGTH), play.node(at)
    orders = [
        TakeOrder(new_id(), dice_seed(f"{seed}/{node}/newcomer/{n}"), sampler, CutRule())
        for n in range(count)
    ]
    said = {
        event.take: event.raw_text
        async for event in model.perform(prepared, orders)
        if isinstance(event, Ended)
    }
    taken = known_names(play.cast(at))
    found = [stranger(said[order.id], rows=end.gap != "\n") for order in orders]
    return [name if name is not None and fold(name) not in taken else None for name in found]


def known_names(cast: Cast) -> set[str]:
    """Every name somebody of the cast has, folded."""
    return {fold(name) for each in cast for name in (each.label, *each.persona.aliases)}


def _frame_id(model: Model, wanted: str | None) -> str:
    chosen = wanted or DEFAULTS[model.card.kind]
    if chosen not in OPEN:
        raise BadInput(
            f"The frame {chosen} has no open end where anybody may begin to speak; use one of "
            f"{', '.join(OPEN)}."
        )
    return chosen


def _openings(frame: Frame, cast: Cast, able: Sequence[str]) -> list[Opening]:
    """How each of the able may begin; what two would begin alike with counts for the first."""
    assert frame.openings is not None
    found: dict[str, Opening] = {}
    for each in able:
        for text in frame.openings(cast[each]):
            found.setdefault(text, Opening(each, text))
    for text in (*frame.openings(None), "\n"):
        found.setdefault(text, Opening("", text))
    return list(found.values())


async def _tokenised(model: Model, end: OpenEnd, opening: Opening) -> Opening:
    prompt = replace(end.prompt, prefill=end.gap + opening.text)
    return replace(opening, tokens=tuple((await model.prepare(prompt)).tokens))

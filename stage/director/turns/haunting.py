"""Ghost lines: what a model began to say for somebody else is finished, looked at and kept.

Finished off the tree: unless it is kept, a ghost is in no line and in no prompt.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from stage.director.opened import OpenPlay
from stage.director.operations.operation import Voiced
from stage.director.turns.taking import Wings
from stage.engine.model import Model
from stage.engine.orders import Ended, Pieces, Prepared, Started, TakeOrder
from stage.kit import clock
from stage.kit.errors import BadInput, KnownError
from stage.kit.ids import new_id
from stage.play.ghosts import Ghost, HandOver, handed_over
from stage.play.line import Kind, Line, Status
from stage.play.provenance import Chunk, PromptRecord, TakeEnding, TakeRecord
from stage.play.sampling import Sampler
from stage.play.speaking.rule import dice_seed
from stage.play.token import Token
from stage.store.library import LineDetail

LONGEST = 64  # tokens that a ghost line may still take


@dataclass(frozen=True)
class Finished:
    """A finished ghost with all that is needed to store it as a take."""

    ghost: Ghost
    detail: LineDetail
    model: Model
    order: TakeOrder
    prompt: PromptRecord
    shape: Mapping[str, Any]
    began: float
    ended: Ended


async def finish(wings: Wings, play: OpenPlay, line_id: str) -> Finished:
    """Let the model of a cut line finish what it began for somebody else; once, then as it is.

    Raises:
        BadInput: the line went over to nobody.
        KnownError: the model that said it is not there any more.
    """
    known = play.ghosts.get(line_id)
    if isinstance(known, Finished):
        return known
    line = play.tree[line_id]
    said = await wings.library.spoken(line_id)
    cast = play.cast(str(line.parent))
    over = None if said is None else handed_over(said, str(line.speaker), cast)
    if over is None:
        raise BadInput("This line does not go over to somebody else, so there is no ghost line.")
    detail = await wings.library.line(line_id)
    model = await _model(wings, play, detail)
    tokens = await wings.library.tokens(line_id)
    finished = await _finished(play, detail, model, over, tokens)
    play.ghosts[line_id] = finished
    return finished


async def keep(wings: Wings, play: OpenPlay, voiced: Voiced) -> Line:
    """Store a ghost as a line of the member it is for, marked with whose model voiced it."""
    parent = str(voiced.parent)
    done = await finish(wings, play, voiced.line)
    library, ghost = wings.library, done.ghost
    await library.remember_model(done.model.record, done.model.vocabulary)
    record = _record(play, done, voiced)
    label = play.cast(parent).label_of(done.detail.line)
    decision = {
        "queue": [voiced.speaker], "rule": "ghost", "excluded": [], "draws": [],
        "reason": f"voiced by the model of {label}, in what {label} knows",
        "voice": voiced.line,
    }  # fmt: skip
    await library.begin_takes([record], await library.remember_prompt(done.prompt), decision)
    await library.append([Chunk(record.id, 0, ghost.tokens)])
    line = await library.end_take(
        TakeEnding(
            take=record.id, reason=ghost.reason, status=Status.COMPLETE, text=ghost.text,
            raw_text=ghost.raw, cut_at=ghost.cut_at, ended=clock.now(),
            timings=done.ended.timings, error=done.ended.error,
        )
    )  # fmt: skip
    play.ghosts.pop(voiced.line)
    play.tree.add(line)
    return line


async def _model(wings: Wings, play: OpenPlay, detail: LineDetail) -> Model:
    made = detail.model or {}
    if made.get("name") not in play.models:
        raise KnownError("The model of this line is no longer in the play; its words are kept.")
    model = await wings.pool.load(play.models[made["name"]])
    if model.record.identity != made["identity"]:
        raise KnownError(
            f"The line was said by another model than {model.card.name}, so only that one could "
            "finish it; name its file again."
        )
    return model


async def _finished(
    play: OpenPlay, detail: LineDetail, model: Model, over: HandOver, tokens: list[Token]
) -> Finished:
    whole = detail.prompt or {}
    before = tokens[: over.kept]
    prompt = PromptRecord(
        text=whole["text"] + b"".join(each.piece for each in before).decode("utf-8", "replace"),
        tokens=(*whole["tokens"], *(each.id for each in before)),
        segments=tuple(whole["segments"]),
        frame=str(detail.frame),
        template_hash=whole["template_hash"],
        dropped=tuple(whole["dropped"]),
        repairs=tuple(whole["repairs"]),
        warnings=tuple(whole["warnings"]),
        date=play.date,
    )
    rest = tokens[over.kept :]
    said = b"".join(each.piece for each in rest).decode("utf-8", "replace")
    prepared = Prepared(prompt.text + said, (*prompt.tokens, *(each.id for each in rest)))
    sampler = Sampler.from_json(detail.sampler or {})
    steps = tuple(each for each in sampler.steps if each.name != "grammar")  # it is in mid-text
    sampler = replace(sampler, steps=steps, max_tokens=LONGEST)
    seed = dice_seed(f"{detail.seed}/ghost/{over.name}")
    order = TakeOrder(new_id(), seed, sampler, over.rule)
    began, shape, more, ended = clock.now(), {}, list[Token](), None
    async for event in model.perform(prepared, [order]):
        match event:
            case Started():
                shape = dict(event.batch)
            case Pieces():
                more += event.tokens
            case Ended():
                ended = event
    if ended is None or ended.error:
        raise KnownError(ended.error if ended and ended.error else "The model said nothing.")
    cut_at = None if ended.cut_at is None else ended.cut_at + len(over.raw)
    ghost = Ghost(
        detail.line.id, over, (*rest, *more), over.raw + ended.raw_text, cut_at, ended.reason
    )
    return Finished(ghost, detail, model, order, prompt, shape, began, ended)


def _record(play: OpenPlay, done: Finished, voiced: Voiced) -> TakeRecord:
    parent = str(voiced.parent)
    member = play.cast(parent)[voiced.speaker]
    name = str((done.detail.model or {}).get("name"))
    siblings = play.tree.children(parent, hidden=True)
    number = max((each.take for each in siblings if each.model == name), default=0) + 1
    return TakeRecord(
        id=done.order.id, play=play.id, parent=parent, speaker=member.id, number=number,
        model=name, model_identity=done.model.record.identity,
        persona_version=member.persona.version, frame=done.prompt.frame,
        sampler=done.order.sampler.to_json(), seed=done.order.seed, mode="batched",
        batch={
            **done.shape, "turn": voiced.mark, "voice": voiced.line,
            **({"layer": member.layer} if member.layer else {}),
        },
        engine=dict(done.model.engine), started=done.began, kind=Kind.SPEECH,
        heard_by=play.ears(parent, Kind.SPEECH, member.id),
        cut=done.ghost.over.rule.to_json(),
    )  # fmt: skip

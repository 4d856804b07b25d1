"""Every token of a line as a model sees it: as it was stored, or scored now; and what branches off.

The words of a line a model said are scored after the very prompt they were said after where the
vocabulary is the same, token for token. Else, and for what a person typed, the prompt is the one
its speaker would have received there. What was asked once is found again by `scoring`.
"""

import base64
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from stage.director.opened import OpenPlay
from stage.director.turns.beginning import Begun
from stage.director.turns.performing import Turn
from stage.director.turns.taking import cut_of
from stage.director.weighing.placing import place
from stage.engine.model import Model
from stage.engine.pool import Pool
from stage.engine.scores import Heard, ScoredToken, unheard
from stage.engine.worker.aside import aside
from stage.kit.errors import BadInput
from stage.measures.average import Average, average
from stage.play.cutting import CutRule
from stage.play.line import Cut
from stage.play.provenance import PromptRecord
from stage.play.speaking.rule import Dice
from stage.play.token import Token, inside
from stage.store.library import LineDetail

LONG = 300  # tokens
How = Literal["stored", "same prefix", "own frame"]


@dataclass(frozen=True)
class Look:
    """The tokens of a line, and what a model thinks of each of them.

    Attributes:
        line: its id.
        model: the play's name of the model.
        how: whether the numbers are stored, or scored now, after which prompt.
        tokens: `start` and `end` count bytes of what they spell together.
        pieces: the bytes of every token that is named.
        raw: what the tokens spell; the line is made from it by leaving things out.
        cut_at: code point of `raw` where the line ends, None for the end.
        vocabulary: hash of the vocabulary whose ids they have.
        prompt: what stood before them; None when it is not known.
        cut: how the end of a line is found in what goes on from here.
        spread: whether entropies are known.
        before: log-probability of what the first token holds of the prompt.
        context, room, lead: as they are stored with a score, see play.scored.
        made: when it was scored, seconds since 1970; None: just now.
    """

    line: str
    model: str
    how: How
    tokens: tuple[ScoredToken, ...]
    pieces: Mapping[int, bytes] | Sequence[bytes]
    raw: str
    cut_at: int | None
    frame: str
    vocabulary: str
    prompt: PromptRecord | None
    cut: CutRule
    spread: bool = False
    before: float = 0.0
    context: str = ""
    room: int | None = None
    lead: int = 0
    made: float | None = None

    def nats(self) -> tuple[float, ...]:
        """Minus the log-probability of each token, the first one without what it holds before."""
        return own_nats([each.logprob for each in self.tokens], self.before)

    def parts(self) -> list[bytes]:
        """The bytes of `raw` that each token makes."""
        return [part(each) for each in self.tokens]


def own_nats(logprobs: Sequence[float | None], before: float) -> tuple[float, ...]:
    """As Look.nats, of the tokens of a line in a model's own frame."""
    values = [-(each or 0.0) for each in logprobs]
    if values:
        values[0] += before
    return tuple(values)


def part(token: ScoredToken) -> bytes:
    """What a token makes of its text: its piece without what belongs to the prompt before it."""
    count = token.end - token.start
    return token.piece[len(token.piece) - count :] if count > 0 else b""


def stored(detail: LineDetail) -> Look | None:
    """What is stored about a line that a model said; None where nothing is."""
    if not detail.tokens or detail.raw_text is None or detail.line.model is None:
        return None
    pieces: dict[int, bytes] = {}
    tokens, at = [], 0
    for each in detail.tokens:
        piece = _piece(each)
        pieces[each["id"]] = piece
        top = tuple((other["id"], other["logprob"]) for other in each["top"])
        for other in each["top"]:
            pieces.setdefault(other["id"], _piece(other))
        ids = [id_ for id_, _ in top]
        rank = ids.index(each["id"]) + 1 if each["id"] in ids else None
        end = at + len(piece)
        tokens.append(ScoredToken(each["id"], piece, at, end, each["logprob"], None, rank, top))
        at = end
    return Look(
        detail.line.id, detail.line.model, "stored", tuple(tokens), pieces, detail.raw_text,
        detail.cut_at, str(detail.frame), str((detail.model or {}).get("vocabulary")),
        _prompt(detail),
        CutRule.from_json(detail.cut) if detail.cut else CutRule(),
    )  # fmt: skip


async def remembered(detail: LineDetail) -> Look | None:
    """What is stored about a line; of a long one read beside the loop."""
    if len(detail.tokens) <= LONG:
        return stored(detail)
    return await aside(lambda: stored(detail))


async def mean(values: Sequence[float]) -> Average | None:
    """The mean of a number per token with its interval; of many worked out beside the loop."""
    if len(values) <= LONG:
        return average(values)
    return await aside(lambda: average(values))


def merged(before: Look | None, now: Look | None) -> Look | None:
    """Stored numbers as they are, with ranks and entropies that were scored now."""
    if before is None or now is None or [t.id for t in before.tokens] != [t.id for t in now.tokens]:
        return before or now
    tokens = tuple(
        replace(one, entropy=other.entropy, rank=other.rank)
        for one, other in zip(before.tokens, now.tokens, strict=True)
    )
    pieces = now.pieces
    return replace(before, tokens=tokens, pieces=pieces, spread=True, made=now.made)


async def look(
    pool: Pool, play: OpenPlay, line_id: str, name: str, detail: LineDetail | None = None,
    progress: Heard = unheard,
) -> Look:  # fmt: skip
    """Score the tokens of a line by a model of the play.

    Args:
        name: the play's name of the model.
        detail: what is stored about the line, where a model said it.
        progress: gets how many tokens are evaluated, of how many.

    Raises:
        BadInput: the line says nothing that could be scored.
        KnownError: no model, no room or no template, in words.
    """
    if name not in play.models:
        raise BadInput(f"The play has no model called {name}; it has {', '.join(play.models)}.")
    model = await pool.load(play.models[name])
    known = stored(detail) if detail is not None else None
    if known is not None and known.prompt and known.vocabulary == model.vocabulary.hash:
        return await after_the_same(known, model, name, progress)
    return await in_own_frame(play, line_id, model, name, progress)


async def after_the_same(known: Look, model: Model, name: str, progress: Heard = unheard) -> Look:
    """Score stored tokens after the stored prompt; by a model that has the same vocabulary."""
    prompt = known.prompt.tokens if known.prompt else ()
    ids = [each.id for each in known.tokens]
    (scored,) = await model.score_tokens(prompt, [ids], progress)
    # A token that ends a turn may be written otherwise by the vocabulary; it lies past the text.
    tokens = tuple(
        replace(now, piece=was.piece, start=was.start, end=was.end)
        for was, now in zip(known.tokens, scored, strict=True)
    )
    return replace(
        known, model=name, how="same prefix", tokens=tokens, pieces=model.vocabulary.pieces,
        spread=True,
    )  # fmt: skip


async def in_own_frame(
    play: OpenPlay, line_id: str, model: Model, name: str, progress: Heard = unheard,
    frame: str | None = None,
) -> Look:  # fmt: skip
    """Score the words of a line after the prompt that its speaker would receive.

    Args:
        name: the play's name of the model, so that a member's own frame is used with its own.
        frame: id of a frame instead.

    Raises:
        BadInput: the line says nothing that could be scored.
        KnownError: no room or no template, in words.
    """
    put = await place(play, line_id, model, name=name, frame=frame)
    prompt, words = put.tokens[: put.shared], put.tokens[put.shared :]
    (scored,) = await model.score_tokens(prompt, [words], progress)
    before = (await model.weigh(prompt, [put.tail]))[0] if put.tail else 0.0
    whole = b"".join(each.piece for each in scored)
    at = whole.rfind(put.said.encode("utf-8", "replace"))
    lead = max(at, 0)
    tokens = led(scored, lead)
    record = put.received.record(play.date)
    tail = b"".join(model.vocabulary.pieces[each] for each in put.tail).decode("utf-8", "replace")
    record = replace(record, text=record.text.removesuffix(tail), tokens=tuple(prompt))
    raw = whole[lead:].decode("utf-8", "replace")
    return Look(
        line_id, name, "own frame", tokens, model.vocabulary.pieces, raw, None, record.frame,
        model.vocabulary.hash, record, cut_of(put.received), spread=True, before=before,
        context=put.context, room=put.room, lead=lead,
    )  # fmt: skip


def led(tokens: Sequence[ScoredToken], lead: int) -> tuple[ScoredToken, ...]:
    """Tokens that count bytes from behind the first `lead` of them."""
    return tuple(
        replace(each, start=max(each.start - lead, 0), end=max(each.end - lead, 0))
        for each in tokens
    )


async def branch(pool: Pool, play: OpenPlay, seen: Look, at: int, choice: int) -> Turn:
    """A turn that says a line again up to a token, then another one, and goes on from there.

    Args:
        seen: by the model that is to go on.
        at: the index of the token that is replaced.
        choice: id of the token in its place; one of the likeliest there, or the same.

    Raises:
        BadInput: nothing can go on from there, in words.
    """
    model = await _able(pool, play, seen, at)
    here = seen.tokens[at]
    known = dict(here.top) | ({here.id: here.logprob} if here.logprob is not None else {})
    if choice in model.capabilities.ends:
        raise BadInput(
            "This alternative ends the line, so nothing goes on from it; split it there."
        )
    tokens = [
        Token(each.id, each.piece if number else part(each), each.logprob, each.top)
        for number, each in enumerate(seen.tokens[:at])
    ]
    piece = bytes(model.vocabulary.pieces[choice])
    tokens.append(Token(choice, piece, known.get(choice), here.top))
    if not _whole(tokens):
        raise BadInput(
            "This alternative is a part of a character only; choose another, or another place."
        )
    return _turn(play, seen, tokens)


async def further(pool: Pool, play: OpenPlay, detail: LineDetail) -> Turn:
    """A turn that says a line again as far as it goes, token for token, and goes on from there.

    What was cut off behind the line, and a token that ended it, are left out. Where the model
    ended the line itself it would most often do so again: another one of the tokens that were
    likeliest there is drawn by their probability, and put in its place.

    Args:
        detail: what is stored about the line.

    Raises:
        BadInput: nothing can go on from there, in words.
    """
    seen = await remembered(detail)
    if seen is None:
        raise BadInput("The tokens of this line are not known, so no model can go on with it.")
    stopped = detail.line.reason in (Cut.LENGTH, Cut.USER, Cut.ERROR, Cut.CONTEXT)
    tokens = list(seen.tokens) if stopped else _own_tokens(seen)
    if not tokens:
        raise BadInput("The line has no words, so there is nothing to go on with.")
    model = await _able(pool, play, seen, len(tokens) - 1)
    while tokens and (tokens[-1].id in model.capabilities.ends or not _whole(tokens)):
        tokens.pop()
    made = [Token(each.id, each.piece, each.logprob, each.top) for each in tokens]
    if not stopped and len(made) < len(seen.tokens):
        made += _instead(play, seen, len(made), made, model)
    return _turn(play, seen, made)


def _instead(
    play: OpenPlay, seen: Look, at: int, before: Sequence[Token], model: Model
) -> list[Token]:
    """A token in place of the one that ended a line; none where nothing else is known there."""
    here, pieces = seen.tokens[at], model.vocabulary.pieces
    able = [
        Token(id_, bytes(pieces[id_]), logprob, here.top)
        for id_, logprob in here.top
        if id_ not in (here.id, *model.capabilities.ends) and bytes(pieces[id_]).strip()
    ]
    able = [each for each in able if _whole([*before, each])]
    if not able:
        return []
    shares = [math.exp(each.logprob or 0.0) for each in able]
    dice = Dice(f"{play.seed}/{seen.line}/further/{len(play.tree.siblings(seen.line))}")
    return dice.choices(able, shares) if sum(shares) > 0 else able[:1]


def _own_tokens(seen: Look) -> list[ScoredToken]:
    """The tokens that a line is made of; a last one that says more than the line is left out."""
    pieces = [each.piece for each in seen.tokens]
    last = max(inside(pieces, seen.cut_at), default=-1)
    said = b"".join(pieces[: last + 1]).decode("utf-8", "replace")
    over = seen.cut_at is not None and bool(said[seen.cut_at :].strip())
    return list(seen.tokens[: last if over else last + 1])


def _whole(tokens: Sequence[ScoredToken | Token]) -> bool:
    """Whether tokens end where a character does."""
    try:
        b"".join(each.piece for each in tokens).decode()
    except UnicodeDecodeError:
        return False
    return True


async def _able(pool: Pool, play: OpenPlay, seen: Look, at: int) -> Model:
    """The model that goes on inside a line, after its token `at`. Raises BadInput."""
    if (
        seen.prompt is None
        or play.tree[seen.line].speaker is None
        or not 0 <= at < len(seen.tokens)
    ):
        raise BadInput("The prompt of this line is not known, so no model can go on inside it.")
    if seen.model not in play.models:
        raise BadInput("The model of this line is no longer in the play; bind a file to its name.")
    model = await pool.load(play.models[seen.model])
    if seen.vocabulary != model.vocabulary.hash:
        raise BadInput(
            f"{model.card.name} is not the model that these tokens are of; score the line again."
        )
    return model


def _turn(play: OpenPlay, seen: Look, tokens: Sequence[Token]) -> Turn:
    line, prompt = play.tree[seen.line], seen.prompt
    if prompt is None:
        raise LookupError("a line whose prompt is not known")
    begun = Begun(line, seen.frame, prompt, seen.cut, tuple(tokens))
    return Turn(str(line.parent), str(line.speaker), (seen.model,), begun=begun)


def _prompt(detail: LineDetail) -> PromptRecord | None:
    told = detail.prompt
    return None if told is None or "segments" not in told else prompt_of(told, detail.date)


def prompt_of(told: Mapping[str, Any], date: str = "") -> PromptRecord:
    """A prompt as the library tells it; `date`: of its play, where it has none."""
    return PromptRecord(
        text=told["text"],
        tokens=tuple(told["tokens"]),
        segments=tuple(told["segments"]),
        frame=str(told["frame"]),
        template_hash=told["template_hash"],
        dropped=tuple(told["dropped"]),
        repairs=tuple(told["repairs"]),
        warnings=tuple(told["warnings"]),
        date=told.get("date") or date,
    )


def _piece(token: Mapping[str, Any]) -> bytes:
    if "b64" in token:
        return base64.b64decode(token["b64"])
    return str(token["text"] or "").encode("utf-8", "surrogatepass")

"""A take made again, or weighed again: does the record hold on this machine? Writes nothing.

Strictly: the stored configuration is made anew (a fresh context, one sequence, the same
chunks, threads and seed) and the tokens are compared one by one. Else the stored tokens are
scored again after the same prompt, and two distributions are compared, not two texts
(engine.md, section 8).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stage.director.turns.beginning import rest_of
from stage.director.wardrobe import moved_model
from stage.engine.model import Model
from stage.engine.orders import Ended, LoadSettings, Pieces, Prepared, Strictly, TakeOrder
from stage.engine.pool import Pool
from stage.engine.scores import ScoredToken
from stage.engine.worker.aside import aside
from stage.kit.errors import BadInput, KnownError
from stage.kit.ids import new_id
from stage.measures.average import average
from stage.play.cutting import CutRule
from stage.play.sampling import Sampler
from stage.play.token import Token
from stage.store.library import Library, LineDetail

EXACT = 1e-6  # nats: stored logprobs are 32-bit floats
CLOSE_MEAN, CLOSE_ONE = 0.05, 1.0  # nats that batches and flash attention may shift, at most
_BUILD = ("backend", "llama_cpp", "llama_cpp_python", "build")
_MACHINE = ("cpu", "machine", "gpu_layers")


@dataclass(frozen=True, slots=True)
class Repeat:
    """What came of it.

    Attributes:
        strict: whether the take was made again; else its tokens were scored again.
        equal: strictly, the same tokens with the same logprobs; else, distributions that
            differ by no more than rounding.
        index: the first token that differs, or the one that differs most; None when equal.
        stored, new: that token as it was and as it is, {id, text, logprob}; None past the end.
        why: what explains a difference, or what was not as it was; None when there is nothing.
        numbers: {n, ...} in nats.
    """

    line: str
    strict: bool
    equal: bool
    index: int | None
    stored: dict[str, Any] | None
    new: dict[str, Any] | None
    why: str | None
    numbers: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """One object."""
        return {
            "line": self.line,
            "mode": "strict" if self.strict else "distribution",
            "equal": self.equal,
            "index": self.index,
            "stored": self.stored,
            "new": self.new,
            "why": self.why,
            **self.numbers,
        }


async def repeat(library: Library, pool: Pool, line: str, *, strict: bool) -> Repeat:
    """Make a line's take again, or weigh it again.

    Raises:
        BadInput: no such line, or no model said it.
        KnownError: its model is not to be found, or does not fit.
    """
    detail = await library.line(line)
    tokens = [each for each in await library.tokens(line) if each.logprob is not None]
    if detail.model is None or detail.prompt is None or not tokens:
        raise BadInput(f"No model said the line {line}, so there is nothing to make again.")
    model = await _load(pool, detail, len(tokens))
    changed = _changed(detail.engine or {}, model.engine)
    if strict:
        return await _again(model, detail, tokens, changed)
    return await _weighed(model, detail, tokens, changed)


async def _load(pool: Pool, detail: LineDetail, count: int) -> Model:
    told, prompt = detail.model or {}, detail.prompt or {}
    identity, path = str(told["identity"]), told["path"]
    found = await aside(lambda: moved_model(identity, [path] if path else []))
    if found is None:
        raise KnownError(
            f"The model {told['title']} of this line is neither at {path} nor in a watched "
            "folder; put it back, or watch its folder with stage models --watch."
        )
    engine = detail.engine or {}
    settings = LoadSettings(gpu_layers=int(engine.get("gpu_layers", 0)))
    long = len(prompt["tokens"]) + count
    if long > 4096:
        settings = LoadSettings(context=long + 256, gpu_layers=settings.gpu_layers)
    return await pool.load(Path(found), settings)


def _changed(stored: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What of build and machine is not as it was, in words."""
    words = []
    for name, keys in (("build of llama.cpp", _BUILD), ("machine", _MACHINE)):
        other = [key for key in keys if key in stored and stored[key] != now.get(key)]
        if other:
            was = ", ".join(f"{key} {stored[key]!r}, now {now.get(key)!r}" for key in other)
            words.append(f"the {name} is another ({was})")
    return words


# ------------------------------------------------------------------ strictly


async def _again(
    model: Model, detail: LineDetail, tokens: Sequence[Token], changed: list[str]
) -> Repeat:
    batch, prompt = detail.batch or {}, detail.prompt or {}
    made_strictly = detail.mode == "strict"
    if not made_strictly:
        changed = ["the take was made in a batch, which rounds otherwise", *changed]
    how = Strictly()
    if made_strictly:
        kv = str(batch.get("kv", ""))
        how = Strictly(int(batch.get("n_ctx", 0)), int(batch.get("threads", 0)), kv)
    # What it was made to begin with, on a branch from another token, is no choice of the model.
    made = list(tokens[: int(dict(batch.get("begun") or {}).get("tokens", 0))])
    given = b"".join(each.piece for each in made).decode("utf-8", "replace")
    rule = CutRule.from_json(detail.cut or {})
    order = TakeOrder(
        new_id(), int(detail.seed or 0), Sampler.from_json(detail.sampler or {}),
        rest_of(rule, given) if made else rule,
    )  # fmt: skip
    prepared = Prepared(prompt["text"], (*prompt["tokens"], *(each.id for each in made)))
    async for event in model.perform(prepared, [order], how):
        if isinstance(event, Pieces):
            made += event.tokens
        elif isinstance(event, Ended) and event.error:
            raise KnownError(event.error)
    if detail.line.reason in ("user", "error"):  # it was not let go on, so neither is this
        del made[len(tokens) :]
    index = _first_difference(tokens, made)
    if index is None:
        why = f"Equal, although {' and '.join(changed)}." if changed else None
        return Repeat(detail.line.id, True, True, None, None, None, why, {"n": len(made)})
    stored, new = _shown(tokens, index), _shown(made, index)
    cause = " and ".join(changed) or "the record or the model's file was altered"
    why = f"Token {index} differs; {cause}."
    return Repeat(detail.line.id, True, False, index, stored, new, why, {"n": len(made)})


def _first_difference(stored: Sequence[Token], new: Sequence[Token]) -> int | None:
    for index, (one, other) in enumerate(zip(stored, new, strict=False)):
        if one.id != other.id or _delta(one, other.logprob) > EXACT:
            return index
    return None if len(stored) == len(new) else min(len(stored), len(new))


def _delta(one: Token, logprob: float | None) -> float:
    return abs((one.logprob or 0.0) - (logprob or 0.0))


def _shown(tokens: Sequence[Token], index: int) -> dict[str, Any] | None:
    if index >= len(tokens):
        return None
    token = tokens[index]
    text = token.piece.decode("utf-8", "replace")
    return {"id": token.id, "text": text, "logprob": token.logprob}


# ------------------------------------------------------------------ by distribution


async def _weighed(
    model: Model, detail: LineDetail, tokens: Sequence[Token], changed: list[str]
) -> Repeat:
    prompt = (detail.prompt or {})["tokens"]
    (scored,) = await model.score_tokens(prompt, [[each.id for each in tokens]])
    pairs = list(zip(tokens, scored, strict=True))
    deltas = [_delta(one, other.logprob) for one, other in pairs]
    mean = average(deltas)
    kl = average([_divergence(one, other) for one, other in pairs if one.top and other.top])
    assert mean is not None
    worst = max(range(len(deltas)), key=lambda index: deltas[index])
    equal = mean.value <= CLOSE_MEAN and deltas[worst] <= CLOSE_ONE
    numbers = {
        "n": len(pairs),
        "delta": mean.to_json(),
        "largest_delta": deltas[worst],
        "kl": kl and kl.to_json(),
    }
    if equal:
        why = f"The same distributions, although {' and '.join(changed)}." if changed else None
        return Repeat(detail.line.id, False, True, None, None, None, why, numbers)
    cause = " and ".join(changed) or "the record or the model's file was altered"
    why = f"The distributions differ, most at token {worst}; {cause}."
    new = {**(_shown(tokens, worst) or {}), "logprob": pairs[worst][1].logprob}
    return Repeat(detail.line.id, False, False, worst, _shown(tokens, worst), new, why, numbers)


def _divergence(stored: Token, new: ScoredToken) -> float:
    """KL divergence of new from stored over the tokens both list, the others as one: a lower bound.

    In nats. Where no alternatives are listed there is nothing to tell distributions by. Stored
    logprobs of alternatives are 16-bit floats, so 0.001 and less is rounding.
    """
    now = dict(new.top)
    both = [(logprob, now[id_]) for id_, logprob in stored.top if id_ in now]
    rest_before = 1 - math.fsum(math.exp(before) for before, _ in both)
    rest_now = 1 - math.fsum(math.exp(after) for _, after in both)
    total = math.fsum(math.exp(before) * (before - after) for before, after in both)
    if rest_before > 1e-9:
        total += rest_before * math.log(rest_before / max(rest_now, 1e-9))
    return max(total, 0.0)

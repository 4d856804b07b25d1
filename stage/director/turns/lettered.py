"""A director that is a model: everybody has a letter, and the model answers with one.

The answer is constrained by a grammar whose alternatives are the letters; what the model thinks
of each of them is read from log-probabilities and averaged over several orders of the list.
"""

import asyncio
import math
from collections.abc import Sequence
from dataclasses import replace

from stage.director.opened import OpenPlay
from stage.engine.model import Model
from stage.engine.orders import Ended, TakeOrder
from stage.engine.worker.aside import aside
from stage.kit.errors import BadInput
from stage.kit.ids import new_id
from stage.play.audience import heard_by_all
from stage.play.cast import Cast
from stage.play.chances import Chance, Chances, Opening, Question
from stage.play.cutting import CutRule
from stage.play.line import Line
from stage.play.prompting.frame import Prompt, Segment
from stage.play.sampling import Sampler, Step
from stage.play.speaking.director import LETTERS, LINES, question
from stage.play.speaking.rule import Dice, callers, shuffled

_SHUFFLES = 2
ROOM = 16  # tokens kept free for the answer


async def letters(play: OpenPlay, at: str, model: Model, *, shuffles: int | None = None) -> Chances:
    """Ask a model whom it would let speak after a line.

    Args:
        shuffles: how many orders of the list; a model favours letters, so 2 at least.

    Raises:
        KnownError: no room or no template, in words.
    """
    cast, there = play.cast(at), play.present(at)
    able, _ = callers(cast, {"present": there})
    able = able[: len(LETTERS)]
    if not able:
        raise BadInput("Nobody is on stage whom a director could call.")
    view = heard_by_all(play.path(at), cast, there)
    orders = _orders(able, f"{play.seed}/{at}/director", max(shuffles or 0, _SHUFFLES))
    found, said = [], []
    for order in orders:
        prompt = await _fitting(view, cast, order, model, play.date)
        found.append(await _read(prompt, order, model))
        said.append(str(cast.label(await _answer(prompt, order, model))))
    means = {who: math.fsum(each[who] for each in found) / len(found) for who in able}
    top = max(means.values())
    whole = math.fsum(math.exp(each - top) for each in means.values())
    candidates = [Chance(who, math.exp(mean - top) / whole, mean) for who, mean in means.items()]
    note = f"answered under the grammar: {', '.join(said)}"
    return Chances(tuple(sorted(candidates, key=lambda each: -each.p)), notes=(note,))


def _orders(able: Sequence[str], key: str, count: int) -> list[list[str]]:
    """Orders of a list; every second one is the one before it the other way round."""
    found: list[list[str]] = []
    for number in range(count):
        dice = Dice(f"{key}/{number // 2}")
        found.append(found[-1][::-1] if number % 2 else shuffled(able, dice, []))
    return found


async def _fitting(
    view: Sequence[Line], cast: Cast, order: Sequence[str], model: Model, date: str
) -> Prompt:
    """The question with as many of the last lines as there is room for."""
    prompt, count = _prompt(question(view, cast, order), model, date), LINES
    while count and len((await model.prepare(prompt)).tokens) > model.capabilities.n_ctx - ROOM:
        count //= 2
        prompt = _prompt(question(view[len(view) - count :], cast, order), model, date)
    return prompt


def _prompt(text: str, model: Model, date: str) -> Prompt:
    if model.card.kind == "chat" and model.capabilities.has_template:
        return Prompt("director", "chat", (Segment("nudge", text, "user"),), "", CutRule(), date)
    return Prompt("director", "text", (Segment("nudge", f"{text}\nAnswer:"),), "", CutRule(), date)


async def _read(prompt: Prompt, order: Sequence[str], model: Model) -> dict[str, float]:
    """The log-probability of everybody's letter."""
    before = " " if prompt.form == "text" else ""
    openings = [Opening(who, letter) for letter, who in zip(LETTERS, order, strict=False)]
    base = await model.prepare(prompt)
    prompts = [replace(prompt, prefill=before + each.text) for each in openings]
    made = await asyncio.gather(*(model.prepare(each) for each in prompts))
    ways = [
        replace(opening, tokens=tuple(each.tokens))
        for opening, each in zip(openings, made, strict=True)
    ]
    asked = Question(tuple(base.tokens), "\n", tuple(ways), model.vocabulary.pieces, frozenset())
    wanted = await aside(asked.ways)
    weights = await model.weigh(asked.shared(), wanted)
    chances = await aside(lambda: asked.read(dict(zip(wanted, weights, strict=True))))
    return {each.member: each.logprob for each in chances.candidates}


async def _answer(prompt: Prompt, order: Sequence[str], model: Model) -> str:
    """Let the model say a letter, and nothing else."""
    before = " " if prompt.form == "text" else ""
    choices = " | ".join(f'"{before}{letter}"' for letter, _ in zip(LETTERS, order, strict=False))
    grammar = Step("grammar", (("text", f"root ::= {choices}"), ("root", "root")))
    take = TakeOrder(new_id(), 1, Sampler((grammar,), "greedy", 4), CutRule())
    performance = model.perform(await model.prepare(prompt), [take])
    said = [event.raw_text async for event in performance if isinstance(event, Ended)]
    letter = "".join(said).strip()[:1]
    return order[LETTERS.index(letter)] if letter and letter in LETTERS[: len(order)] else order[0]

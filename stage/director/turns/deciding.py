"""Who speaks next, with what has to be asked of a model first; a newcomer is given a name."""

from dataclasses import dataclass, replace
from pathlib import Path

from stage.director.director import Director
from stage.director.opened import OpenPlay
from stage.director.turns.expecting import expect, newcomers, open_end
from stage.director.turns.lettered import letters
from stage.engine.model import Model
from stage.engine.pool import Pool
from stage.kit.errors import BadInput
from stage.play.chances import Chances
from stage.play.persona import check_label
from stage.play.speaking.rule import Decision

TRIES = 8  # continuations that are looked through for the name of a newcomer


@dataclass(frozen=True, slots=True)
class Next:
    """Who speaks, and after which line: that in which a newcomer entered, where one did."""

    parent: str
    decision: Decision


async def ask(pool: Pool, play: OpenPlay, leaf: str, rule: str | None = None) -> None:
    """Ask the model what a rule wants to know of it; nothing when it knows already.

    Raises:
        KnownError: the model cannot be asked, in words.
    """
    wanted = play.wants(leaf, rule)
    if not wanted:
        return
    model = await _model(play, pool)
    params = play.scene.params
    if wanted == "letters":
        chances = await letters(play, leaf, model, shuffles=params.get("shuffles"))
    else:
        chances = await expect(play, leaf, model, frame=params.get("frame"))
    play.expected[leaf, rule or play.scene.rule] = chances


async def ask_another(pool: Pool, play: OpenPlay, leaf: str, name: str) -> Chances:
    """What another model than that of the rule expects after a line; no rule hears of it.

    Args:
        name: the play's name of the model.

    Raises:
        KnownError: the model cannot be asked, in words.
    """
    model = await pool.load(_file(play, name))
    return await expect(play, leaf, model, frame=play.scene.params.get("frame"))


async def decide(
    director: Director, play: OpenPlay, leaf: str, *, rule: str | None = None,
    skip_humans: bool = False,
) -> Next:  # fmt: skip
    """Ask what must be asked, let the rule decide, and let a newcomer that it draws come in.

    Where the model has no name for the newcomer it is drawn again, among the cast.
    """
    await director.reach(play, leaf)
    await ask(director.pool, play, leaf, rule)
    decision = play.decide(leaf, rule=rule, skip_humans=skip_humans)
    if not decision.newcomer:
        return Next(leaf, decision)
    model = await _model(play, director.pool)
    name = await _name(play, leaf, model)
    if name is None:
        again = play.decide(leaf, rule=rule, skip_humans=skip_humans, attempt=1)
        reason = f"{decision.reason}, but nobody was named; {again.reason}"
        return Next(leaf, replace(again, reason=reason, draws=(*decision.draws, *again.draws)))
    given = {"line": leaf, "member": name, "stub": True, "model": asked_by(play)}
    entered = (await director.do(play.id, "enter", given)).made[0]
    newcomer = play.cast(entered).named(name)
    queue = (newcomer.id,) if newcomer is not None else ()
    return Next(entered, replace(decision, queue=queue, reason=f"{decision.reason}: {name}"))


async def _name(play: OpenPlay, leaf: str, model: Model) -> str | None:
    """The first new name that the model goes on with; None: it thinks of nobody new."""
    end = await open_end(play, leaf, model, play.scene.params.get("frame"))
    for name in await newcomers(play, leaf, model, end, count=TRIES, seed=play.seed):
        try:
            if name is not None:
                check_label(name)
                return name
        except BadInput:
            continue
    return None


def asked_by(play: OpenPlay) -> str:
    """The play's name of the model that its rule asks; "" where the play has no model."""
    return str(play.scene.params.get("by") or next(iter(play.models), ""))


async def _model(play: OpenPlay, pool: Pool) -> Model:
    name = asked_by(play)
    if not name:
        raise BadInput("The play has no model yet; let one play somebody of the cast.")
    return await pool.load(_file(play, name))


def _file(play: OpenPlay, name: str) -> Path:
    """The file of a model by the play's name of it."""
    if name not in play.models:
        known = ", ".join(play.models) or "none"
        raise BadInput(f"The play has no model called {name}; it has {known}; bind a file to it.")
    return play.models[name]

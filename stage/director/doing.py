"""A planned operation carried out: its changes, then the lines that models say for it."""

from typing import TYPE_CHECKING

from stage.director.events import Changed, Changes
from stage.director.opened import OpenPlay
from stage.director.operations.operation import Plan, Voiced
from stage.director.turns import haunting
from stage.director.turns.performing import Turn
from stage.director.turns.taking import Wings
from stage.kit.errors import KnownError
from stage.play.changes import SetLabel
from stage.store.library import Step

if TYPE_CHECKING:
    from stage.director.director import Director


async def carry_out(
    director: "Director", wings: Wings, play: OpenPlay, step: Step, plan: Plan
) -> Changed:
    """Do what was planned.

    Raises:
        BadInput: it cannot be done, in words; nothing was changed.
        KnownError: takes were asked for and none could be made.
    """
    if plan.turn is None and plan.voiced is None:
        return await director.follow(play, await wings.library.operate(play.id, step, plan.changes))
    if plan.voiced is not None:  # before anything is changed: it may have to be finished first
        ghost = (await haunting.finish(wings, play, plan.voiced.line)).ghost
        if plan.voiced.parent is None:
            said = f"{ghost.over.name}: {ghost.text}"
            return Changed(Changes(0), play.id, (ghost.line,), (), said)
    if plan.changes:  # what the turn needs: a model file's name, an entrance
        await director.follow(play, await wings.library.operate(play.id, step, plan.changes))
    made: list[str] = []
    if plan.voiced is not None:
        made.append(await _keep(director, wings, play, plan.voiced))
    if plan.turn is not None:
        made += await _turn(director, wings, play, plan.turn, step)
    return Changed(Changes.TREE, play.id, tuple(made), tuple(made), plan.words)


async def _keep(director: "Director", wings: Wings, play: OpenPlay, voiced: Voiced) -> str:
    """Keep a ghost line, and stand there, so that whoever it belongs to is next."""
    line = await haunting.keep(wings, play, voiced)
    wings.tell(Changed(Changes.TREE, play.id, (line.id,), (line.id,)))
    await director.stand(play.id, line.id)
    return line.id


async def _turn(
    director: "Director", wings: Wings, play: OpenPlay, turn: Turn, step: Step
) -> list[str]:
    """Perform a turn that an operation asked for: the ids of its lines."""
    ended = await director.perform(play, turn).done()
    if ended.errors:
        raise KnownError(" ".join(ended.errors))
    for line in ended.lines if turn.covers else ():
        marks = [SetLabel(line.id, "summary", "", list(turn.covers))]
        await director.follow(play, await wings.library.operate(play.id, step, marks))
        await director.stand(play.id, line.id)
    return [line.id for line in ended.lines]

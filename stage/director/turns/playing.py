"""A play goes on by itself: turn after turn, each by the scene's rule, following one take."""

from dataclasses import dataclass

from stage.director.director import Director
from stage.director.events import LineEnded
from stage.director.opened import OpenPlay
from stage.director.staging import recite
from stage.director.turns.deciding import decide
from stage.director.turns.performing import Turn
from stage.kit.errors import KnownError


@dataclass(frozen=True)
class Course:
    """How a play is to go on.

    Attributes:
        at: the line to go on from.
        turns: how many lines the followed path grows by.
        takes: how many takes each model makes of each turn; None: as the scene says.
        seed: of the takes; None: the play's own.
        skip_humans: pass over members that a person plays.
        rule: id of a speaker rule instead of the scene's.
        strict: make takes one by one, so that each can be made again.
    """

    at: str
    turns: int
    takes: int | None = None
    seed: int | None = None
    skip_humans: bool = False
    rule: str | None = None
    strict: bool = False


async def go_on(director: Director, play: OpenPlay, course: Course) -> str:
    """Perform turns one after the other; returns the last line of the followed path.

    Take 1 of the scene's first model that spoke is followed.

    Raises:
        KnownError: when nobody can speak, or a turn brought no complete line.
    """
    leaf = course.at
    for _ in range(course.turns):
        chosen = await decide(
            director, play, leaf, rule=course.rule, skip_humans=course.skip_humans
        )  # fmt: skip
        leaf, decision = chosen.parent, chosen.decision
        if not decision.queue:
            raise KnownError(f"The play stops: {decision.reason}; let a model play someone.")
        speaker = decision.queue[0]
        if play.cast(leaf)[speaker].scripted:
            line = await recite(director, play, leaf, speaker)
            play.spoken(line, decision)
            director.told.fire(LineEnded(line, 0.0))
            leaf = line.id
            continue
        takes = course.takes or play.scene.takes or 1
        models = play.models_for(speaker, leaf)
        turn = Turn(
            leaf, speaker, models, takes, course.seed, decision, strict=course.strict
        )  # fmt: skip
        ended = await director.perform(play, turn).done()
        if ended.errors:
            raise KnownError(" ".join(ended.errors))
        if not ended.lines:
            break  # stopped before anything was said
        leaf = ended.lines[0].id
        await director.stand(play.id, leaf)
        if ended.lines[0].status == "interrupted":
            break
    return leaf

"""Lines that were written before: openings, greetings with their alternates, scripts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stage.director.opened import OpenPlay
from stage.kit.errors import BadInput
from stage.play.line import Kind, Line
from stage.play.prompting.telling import greeting
from stage.play.scene import Opening

if TYPE_CHECKING:
    from stage.director.director import Director


async def speak_openings(director: "Director", play: OpenPlay, openings: Sequence[Opening]) -> None:
    """Say the opening lines of a scene one after the other; macros of greetings are expanded."""
    leaf = play.start
    for opening in openings:
        made = [
            await director.say(
                play.id, leaf, opening.speaker, text, opening.kind, opening.to or None
            )
            for text in _texts(play, opening)
        ]
        leaf = made[0].id
        if opening.others:
            await director.stand(play.id, leaf)


def _texts(play: OpenPlay, opening: Opening) -> list[str]:
    said = [opening.text, *opening.others]
    if not opening.greeting:
        return said
    cast = play.scene.cast
    member = cast[opening.speaker]
    return [greeting(each, member, cast, play.date, str(play.seed))[0] for each in said]


async def recite(director: "Director", play: OpenPlay, leaf: str, speaker: str) -> Line:
    """Say the next line of a member whose lines are written.

    Raises:
        BadInput: it has none, or is not on stage.
    """
    member, path = play.cast(leaf)[speaker], play.path(leaf)
    said = sum(line.speaker == speaker and line.kind is Kind.SPEECH for line in path)
    lines = member.actor.lines
    if not lines:
        raise BadInput(f"{member.label} has no script; let a model or a person play it.")
    return await director.say(play.id, leaf, speaker, lines[said % len(lines)], Kind.SPEECH)

"""Models that score what others said, for commands: asked one by one, with progress and notes."""

from collections.abc import Iterable

from stage.app.command import Output
from stage.app.house import House
from stage.app.loading import loading
from stage.director.opened import OpenPlay
from stage.director.weighing.worth import Key, Weight, lacking, recall, weigh
from stage.measures.measure import Said


async def weights(
    house: House, play: OpenPlay, lines: Iterable[Said], out: Output, *, anew: bool
) -> dict[Key, Weight]:
    """What every model of a play makes of the lines that others said, in both ways.

    Args:
        anew: let models score what none was asked before; else what is known by now.
    """
    wanted = lacking(lines, list(play.scene.models), {})
    if not anew:
        return await recall(house.director, play, wanted)
    house.director.told.connect(hear := loading(out))
    known: dict[Key, Weight] = {}
    async for weight in weigh(house.director, play, wanted):
        known[weight.asked.key] = weight
        out.progress(f"{len(known)} of {len(wanted)} scores")
    house.director.told.disconnect(hear)
    for sentence in dict.fromkeys(each.error for each in known.values() if each.error):
        out.note(f"Note: {sentence}")
    return known

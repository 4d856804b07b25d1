"""Records the demo play from a shipped scene, with the shipped models: `python record.py FILE`.

The play is performed, not written: whatever the models say is kept. One typed line and a second
branch show what a tree is.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from stage.app.house import open_house
from stage.director.director import Director
from stage.director.opened import OpenPlay
from stage.director.turns.performing import Turn
from stage.director.wardrobe import load_scene
from stage.formats import FORMATS
from stage.formats.format import Source
from stage.play.line import Line

SCENE, SEED, TAKES = "3-both", 4, 4
ASKED = "Then why is the lamp still burning?"


async def record() -> str:
    """Perform the demo play in a library of its own; gives it in the lossless form."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_house(Path(folder) / "library.db") as house:
            play = await house.director.new_play(load_scene(Path(SCENE)), seed=SEED)
            await perform(house.director, play)
            form = FORMATS["stage"]
            records = [row async for row in house.library.dump(play.id)]
            source = Source(play.id, play.scene, play.tree, whole=True, records=records)
            assert form.write is not None
            return "".join(form.write(source))


async def perform(director: Director, play: OpenPlay) -> None:
    """Two turns on both models, a question from the guest, two more; and one branch by chat."""
    first = await turn(director, play, play.leaf, "iris")
    second = await turn(director, play, first["base"].id, "marlow")
    asked = await director.say(play.id, second["base"].id, "guest", ASKED)
    third = await turn(director, play, asked.id, "iris")
    main = await turn(director, play, third["base"].id, "assistant")
    aside = await turn(director, play, first["chat"].id, "marlow")
    await turn(director, play, aside["chat"].id, "assistant")
    await director.stand(play.id, main["base"].id)


async def turn(director: Director, play: OpenPlay, parent: str, speaker: str) -> dict[str, Line]:
    """Fan a turn out on both models; gives the first take that says something, by model."""
    models = play.models_for(speaker)
    ended = await director.perform(play, Turn(parent, speaker, models, TAKES)).done()
    assert not ended.errors, ended.errors
    spoken = {}
    for line in ended.lines:
        if line.model is not None and line.text:
            spoken.setdefault(line.model, line)
    return spoken


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_text(asyncio.run(record()), encoding="utf-8", newline="\n")
    print(f"{target}: {target.stat().st_size:,} bytes")

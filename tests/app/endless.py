"""A play that never ends, to be killed: tells on stdout what it showed, and when.

`python -m tests.app.endless LIBRARY` prints `LINE TOKENS SECONDS` (monotonic) for every growth.
"""

import asyncio
import sys
import time
from pathlib import Path

from stage.app.house import open_house
from stage.director.events import LineGrew
from stage.director.turns.performing import Turn
from stage.director.wardrobe import load_scene


class Teller:
    def hear(self, event: object) -> None:
        if isinstance(event, LineGrew):
            sys.stdout.write(f"{event.line.id} {event.line.generated} {time.monotonic()}\n")
            sys.stdout.flush()


async def main() -> None:
    async with open_house(Path(sys.argv[1])) as house:
        teller = Teller()
        house.director.told.connect(teller.hear)
        play = await house.director.new_play(load_scene(Path("3-both")), seed=1)
        while True:
            turn = Turn(play.leaf, "iris", ("base", "chat"), takes=4)
            await house.director.perform(play, turn).done()


if __name__ == "__main__":
    asyncio.run(main())

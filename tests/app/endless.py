"""A play that never ends, to be killed: tells on stdout what it showed and stored, and when.

`python -m tests.app.endless LIBRARY` prints `shown LINE TOKENS SECONDS` (monotonic) for every
growth, and `stored LINE TOKENS SECONDS` for what the library has of it from then on.
"""

import asyncio
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from stage.app.house import open_house
from stage.director.events import LineGrew
from stage.director.turns.performing import Turn
from stage.director.wardrobe import load_scene
from stage.play.provenance import Chunk
from stage.store.library import Library


def tell(what: str, line: str, tokens: int) -> None:
    sys.stdout.write(f"{what} {line} {tokens} {time.monotonic()}\n")
    sys.stdout.flush()


class Teller:
    def __init__(self, library: Library) -> None:
        self._append, self._stored = library.append, Counter[str]()
        library.append = self._appended  # type: ignore[method-assign]

    async def _appended(self, chunks: Sequence[Chunk]) -> None:
        await self._append(chunks)
        for chunk in chunks:
            self._stored[chunk.take] += len(chunk.tokens)
            tell("stored", chunk.take, self._stored[chunk.take])

    def hear(self, event: object) -> None:
        if isinstance(event, LineGrew):
            tell("shown", event.line.id, event.line.generated)


async def main() -> None:
    async with open_house(Path(sys.argv[1])) as house:
        teller = Teller(house.library)
        house.director.told.connect(teller.hear)
        play = await house.director.new_play(load_scene(Path("3-both")), seed=1)
        while True:
            turn = Turn(play.leaf, "iris", ("base", "chat"), takes=4)
            await house.director.perform(play, turn).done()


if __name__ == "__main__":
    asyncio.run(main())

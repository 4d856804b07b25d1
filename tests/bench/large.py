"""Large libraries for benches: many lines of made-up prose in one play, written at once."""

import itertools
import random
import shutil
import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from stage.kit.ids import new_id
from stage.store import lines
from stage.store.file.connection import writing
from stage.store.finding import indexing
from stage.store.library import Library
from tests.store.making import Stock, stock

_SYLLABLES = "ka lo mi ren tha sul ver dor ei na pho qui tre wa zy bel".split()


def words(count: int, dice: random.Random) -> list[str]:
    """Made-up words: few are common, most are rare, as in any language."""
    return ["".join(dice.choices(_SYLLABLES, k=dice.randint(1, 4))) for _ in range(count)]


class Shelf:
    """Large libraries, each made once in a process and copied for every bench."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._made: dict[int, tuple[Stock, list[str]]] = {}

    async def library(self, folder: Path, count: int) -> tuple[Stock, list[str]]:
        """Open a copy of a library whose play has `count` lines; see `large`."""
        source = Path(self._folder.name) / f"{count}.db"
        if count not in self._made:
            library = await Library.open(source)
            self._made[count] = await large(library, count)
            await library.close()
        made, ids = self._made[count]
        target = folder / f"{count}.db"
        shutil.copyfile(source, target)
        return replace(made, library=await Library.open(target)), ids


SHELF = Shelf()


async def large(library: Library, count: int, seed: int = 1) -> tuple[Stock, list[str]]:
    """A play of `count` typed lines: a chain of 1,000, then lines under any of those before.

    It was last looked at where the chain ends.

    Returns:
        the play, and the ids of its lines in order.
    """
    made = await stock(library)
    dice = random.Random(seed)
    vocabulary = words(20_000, dice)
    weights = [*itertools.accumulate(1 / rank for rank in range(1, len(vocabulary) + 1))]
    ids = [made.root]

    def rows(connection: sqlite3.Connection) -> None:
        play = lines.rid_of(connection, "play", made.play)
        with writing(connection):
            for number in range(count):
                above = number if number < 1000 else dice.randrange(len(ids))
                said = dice.choices(vocabulary, cum_weights=weights, k=dice.randint(20, 60))
                message: dict[str, Any] = {
                    "id": new_id(), "play": made.play, "parent": ids[above], "kind": "speech",
                    "speaker": dice.choice(("ada", "bo")), "status": "complete",
                    "made": 1.75e9 + number * 60, "text": " ".join(said),
                }  # fmt: skip
                lines.insert(connection, message)
                lines.note(connection, play, "line", line=message["id"])
                ids.append(message["id"])

    await library._desk.write(rows)
    await library._desk.write(indexing.index)
    await library.stand(made.play, [*itertools.pairwise(ids[:1001])], ids[min(count, 1000)])
    return made, ids[1:]

"""Reading commands beside a program that holds the library; writing ones are refused."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from tests.app.commands.conftest import Said, spoken

# A second process that holds the library and says a line when told to; its take never ends.
HOLDER = """
import asyncio, sys
from pathlib import Path
from stage.store.library import Library
from tests.store.making import stock, tokens
from stage.play.provenance import Chunk

async def main():
    library = await Library.open(Path(sys.argv[1]))
    made = await stock(library)
    line = await made.say(made.root, "The lamp is lit.")
    take = await made.begin(line.id)
    await library.append([Chunk(take, 0, tokens(0, 1))])
    print(made.play, line.id, flush=True)
    for word in sys.stdin:
        line = await made.say(line.id, word.strip())
        print(line.id, flush=True)
    await library.close()

asyncio.run(main())
"""


class Holder:
    """The other process."""

    def __init__(self, library: Path, home: Path) -> None:
        self.library, self.home = library, home
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(library)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.play, self.line = self._heard().split()

    def say(self, words: str) -> str:
        pipe: IO[str] | None = self.process.stdin
        assert pipe is not None
        pipe.write(words + "\n")
        pipe.flush()
        return self._heard().strip()

    def _heard(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def stage(self, *words: object) -> Said:
        return spoken(words, self.library, self.home)


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[Holder]:
    made = Holder(tmp_path / "library.db", tmp_path / "home")
    yield made
    made.process.communicate(timeout=60)


def test_reading_commands_read_the_library_as_it_is(holder: Holder) -> None:
    commands = (
        ("plays",), ("tree", holder.play), ("line", holder.line), ("search", "lamp"),
        ("export", holder.play), ("check", "--deep"),
    )  # fmt: skip
    for words in commands:
        said = holder.stage(*words)
        assert said.code == 0, words
        assert said.err.count(f"open in stage (process {holder.process.pid})") == 1
    assert "The lamp is lit." in said.out or "Sound" in said.out
    made = holder.say("Who goes there?")
    found = holder.stage("search", "who", "--json")
    assert [row["id"] for row in found.rows] == [made]
    (running,) = [row for row in holder.stage("tree", holder.play, "--json").rows if row["model"]]
    assert (running["text"], running["status"]) == ("the light", "interrupted")


def test_writing_commands_are_refused(holder: Holder) -> None:
    said = holder.stage("do", "bookmark", "--line", holder.line)
    assert said.code == 1
    assert "in use by stage" in said.err
    before = holder.library.read_bytes()
    holder.stage("tree", holder.play)
    assert holder.library.read_bytes() == before

"""What is asked of the whole library, over a real one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from stage.director.exporting import Wanted
from stage.director.librarian import Librarian
from stage.director.working import Stopped, Work
from stage.kit.errors import BadInput
from stage.kit.ids import new_id
from stage.play.changes import SetLabel
from stage.play.line import Kind
from stage.play.provenance import LineRecord
from stage.store.library import Library, Step
from tests.store.making import SCENE, Stock, stock


def over(folder: Path, work: Callable[[Librarian, Stock], Awaitable[None]]) -> None:
    async def run() -> None:
        library = await Library.open(folder / "library.db")
        try:
            await work(Librarian(library), await stock(library))
        finally:
            await library.close()

    asyncio.run(run())


def test_a_found_line_knows_who_said_it(tmp_path: Path) -> None:
    async def work(librarian: Librarian, made: Stock) -> None:
        await made.say(made.root, "The lamp turns.")
        (found,) = await librarian.search("lamp", 10)
        assert found.member is not None
        assert found.member.label == "Bo"
        assert (await librarian.known()).speakers == ("Ada", "Bo")
        assert [row.id for row in await librarian.titled("light", 5)] == [made.play]

    over(tmp_path, work)


def test_the_bin_of_one_play_and_of_all(tmp_path: Path) -> None:
    async def work(librarian: Librarian, made: Stock) -> None:
        line = await made.say(made.root, "gone")
        await made.library.hide(made.play, line.id)
        for play in (None, made.play):
            (lying,) = await librarian.bin(play)
            assert (lying.title, lying.line.text) == ("The lighthouse", "gone")
            assert lying.member is not None
        assert (await librarian.marked(made.play, line.id)).lines == (line.id,)

    over(tmp_path, work)


def test_everybody_and_every_model_goes_by_the_name_a_person_knows(tmp_path: Path) -> None:
    """Whoever joined on any branch too; a model by its file, which another play calls the same."""

    async def work(librarian: Librarian, made: Stock) -> None:
        library, other = librarian._library, SCENE.replace('"stage-base"', '"/x/rare 7B.gguf"')
        second = await stock(library, other)
        line = await second.say(second.root, "Cleo comes in.")
        cleo = replace(second.scene.cast["bo"], id="c-1", label="Cleo", since=line.id)
        joined = SetLabel(line.id, "cast", cleo.id, cleo.to_json())
        await library.operate(second.play, Step("enter", line.id, ""), [joined])
        version = cleo.persona.version
        said = LineRecord(new_id(), second.play, line.id, Kind.SPEECH, "c-1", "My lamp.",
                          persona_version=version, layer="Cleo")  # fmt: skip
        await library.add_line(said)
        await made.take(made.root, 1)
        await second.take(line.id, 1)
        (found,) = await librarian.search("speaker:cleo lamp", 9)
        assert (found.hit.speaker, found.member) == ("Cleo", cleo)
        assert (await librarian.known()).speakers == ("Ada", "Bo", "Cleo")
        assert (await librarian.known()).models == ("rare 7B", "stage-base")
        for words in ('model:"rare 7B"', 'light model:"rare 7B"', "model:rare"):
            (found,) = await librarian.search(words, 9)
            assert (found.hit.play, found.hit.model, found.model) == (
                second.play,
                "base",
                "rare 7B",
            )
        assert len(await librarian.search("model:base", 9)) == 2, "the scene's own name, in all"
        names = await librarian.names(second.play)
        assert (names.who("c-1"), names.model("base")) == ("Cleo", "rare 7B")

    over(tmp_path, work)


def test_the_past_is_as_it_was(tmp_path: Path) -> None:
    async def work(librarian: Librarian, made: Stock) -> None:
        await made.say(made.root, "one")
        await made.say(made.root, "two")
        first, *_, last = await librarian.history(made.play)
        tree, title = await librarian.past(made.play, first.event)
        assert (len(tree), title) == (1, "The lighthouse")
        assert len((await librarian.past(made.play, last.event))[0]) == 3

    over(tmp_path, work)


def test_a_check_tells_its_parts_and_can_be_stopped(tmp_path: Path) -> None:
    async def work(librarian: Librarian, made: Stock) -> None:
        job = Work()
        found = await librarian.check(job)
        assert (found.problems, found.counted["plays"]) == ((), 1)
        assert (job.what, job.done, job.total) == ("index", 7, 8)
        job = Work()
        asyncio.get_running_loop().call_soon(job.stop)
        with pytest.raises(Stopped):
            await librarian.check(job)

    over(tmp_path, work)


def test_a_backup_lies_beside_the_library(tmp_path: Path) -> None:
    async def work(librarian: Librarian, made: Stock) -> None:
        file = await librarian.backup(Work())
        assert file.parent == librarian.path.parent / "backups"
        assert not librarian.readonly

    over(tmp_path, work)


def test_an_export_needs_a_folder(tmp_path: Path) -> None:
    async def work(librarian: Librarian, made: Stock) -> None:
        with pytest.raises(BadInput, match="no folder"):
            await librarian.export(Wanted(made.play, "jsonl"), tmp_path / "a" / "b", Work())

    over(tmp_path, work)

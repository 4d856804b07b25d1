"""An export writes a new file whole, tells what it left out, and leaves nothing when stopped."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from stage.director.exporting import Wanted, forms, hits, save, save_path, write_out
from stage.director.working import Stopped, Work
from stage.kit.errors import BadInput, KnownError
from stage.store.library import Library
from tests.store.making import Stock, forest
from tests.ui.helpers import play


def over(folder: Path, work: Callable[[Library, Stock], Awaitable[None]]) -> None:
    async def run() -> None:
        library = await Library.open(folder / "library.db")
        try:
            await work(library, await forest(library, [0, 1, 1, 2]))
        finally:
            await library.close()

    asyncio.run(run())


def test_a_part_is_written_with_its_losses(tmp_path: Path) -> None:
    async def work(library: Library, made: Stock) -> None:
        job, target = Work(), tmp_path / "out.md"
        tree = await library.tree(made.play)
        top = tree.children(made.root)[0].id
        written = await write_out(library, Wanted(made.play, "markdown", top=top), target, job)
        assert "line 0" in target.read_text(encoding="utf-8")
        assert {"tokens", "history"} <= {loss.code for loss in written.losses}
        assert await library.scored(made.play) == {}
        assert (job.what, len(written.sha256)) == ("writing", 64)
        with pytest.raises(BadInput, match="exists already"):
            await write_out(library, Wanted(made.play, "markdown"), target, Work())
        with pytest.raises(BadInput, match="no line"):
            await write_out(library, Wanted(made.play, "html", leaf="x"), tmp_path / "y", Work())

    over(tmp_path, work)


def test_everything_is_written_without_loss(tmp_path: Path) -> None:
    async def work(library: Library, made: Stock) -> None:
        written = await write_out(library, Wanted(made.play, "stage"), tmp_path / "all", Work())
        assert written.losses == ()
        assert "stage" in [each.id for each in forms()]

    over(tmp_path, work)


def test_lines_of_a_search_are_written_with_their_tokens(tmp_path: Path) -> None:
    async def work(library: Library, made: Stock) -> None:
        line = await made.take(made.root, 0, 1, 2)
        found = await hits(library, "light model:base")
        assert line.id in found[made.play]
        only, target = frozenset({line.id}), tmp_path / "few"
        wanted = Wanted(made.play, "tokens", only=only, prompts=True)
        written = await write_out(library, wanted, target, Work())
        (row,) = (json.loads(each) for each in target.read_text(encoding="utf-8").splitlines())
        assert (row["id"], len(row["tokens"]), row["prompt"]["tokens"]) == (line.id, 3, [1, 2, 3])
        assert "tokens" not in {loss.code for loss in written.losses}
        with pytest.raises(BadInput, match="use the form tokens"):
            await write_out(library, replace(wanted, form="html"), tmp_path / "no", Work())

    over(tmp_path, work)


def test_what_is_stopped_leaves_no_file(tmp_path: Path) -> None:
    async def work(library: Library, made: Stock) -> None:
        job = Work()
        job.stop()
        with pytest.raises(Stopped):
            await write_out(library, Wanted(made.play, "jsonl"), tmp_path / "none", job)

    over(tmp_path, work)
    assert not list(tmp_path.glob("*none*"))


def test_a_file_that_fails_half_way_is_gone(tmp_path: Path) -> None:
    def broken() -> object:
        yield "one"
        raise OSError(28, "No space left on device")

    with pytest.raises(KnownError, match="No space left"):
        save(broken(), tmp_path / "half")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_of_two_files_of_one_name_at_once_the_first_stays(tmp_path: Path) -> None:
    target = tmp_path / "play.txt"

    def slow() -> Iterator[str]:
        yield "slow"
        save(iter(["quick"]), target)

    with pytest.raises(BadInput, match="exists already"):
        save(slow(), target)
    assert target.read_text() == "quick"
    assert list(tmp_path.iterdir()) == [target]
    again = tmp_path / "again.txt"

    def both() -> Iterator[str]:
        save(iter(["one"]), again, replace=True)
        yield "other"

    save(both(), again, replace=True)
    assert again.read_text() == "other"


def test_only_the_branch_is_written_and_a_file_is_replaced(tmp_path: Path) -> None:
    target, made = tmp_path / "path.md", play()
    target.write_text("old")
    asyncio.run(save_path(made, "c", "markdown", target))
    text = target.read_text()
    assert "Two." in text
    assert "Under two." in text
    assert "One." not in text
    asyncio.run(save_path(made, "b1", "html", target))
    assert target.read_text().startswith("<!DOCTYPE html>")
    assert [each.name for each in tmp_path.iterdir()] == ["path.md"]


def test_what_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="cannot be written"):
        asyncio.run(save_path(play(), "c", "markdown", tmp_path / "no" / "folder.md"))
    with pytest.raises(BadInput, match="only be read"):
        asyncio.run(save_path(play(), "c", "pyloom", tmp_path / "x"))
    assert list(tmp_path.iterdir()) == []

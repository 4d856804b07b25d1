"""Runs are found again in the log, whole, a page at a time."""

from __future__ import annotations

from typing import Any

import pytest

from stage.kit.errors import BadInput
from stage.play.line import Cut, Status
from stage.store.library import Library
from stage.store.trail import runs
from tests.store.conftest import Open
from tests.store.making import Stock, stock, tokens

ASKED = {"members": ["ada"], "models": ["base", "chat"], "takes": 2, "seed": 5}


async def run(made: Stock, turn: str, many: int, parent: str = "", **more: Any) -> list[str]:
    """A few takes of one turn."""
    found = []
    for number in range(1, many + 1):
        marks = {"turn": turn, **more}
        take = await made.begin(parent or made.root, number=number, marks=marks)
        found.append((await made.end(take, (), last=tokens(0, 1))).id)
    return found


def test_a_run_is_told_with_what_was_asked_and_what_failed(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        ids = await run(made, "t1", 2, asked=ASKED)
        told = {"turn": "t1", "asked": ASKED, "speaker": "ada", "model": "chat", "said": "Gone."}
        await library.note_failure(made.play, made.root, told)
        await library.hide(made.play, ids[0])
        (found,), more = await library.runs(made.play)
        assert more is None
        assert (found.id, found.line, found.asked) == ("t1", made.root, ASKED)
        assert [each.line for each in found.takes] == ids
        assert [each.hidden for each in found.takes] == [True, False]
        assert found.failures == ({"speaker": "ada", "model": "chat", "said": "Gone."},)
        one = found.takes[0]
        assert (one.seed, one.tokens, one.reason, one.seconds) == (11, 2, "eog", 1.0)
        assert one.sampler["chain"][0]["name"] == "temperature"
        assert await library.check() == []
        with pytest.raises(BadInput):
            await library.runs("no play")

    opened(work)


def test_a_run_that_failed_altogether_and_one_that_was_stopped(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        told = {"turn": "t1", "asked": ASKED, "speaker": "ada", "model": "base", "said": "Gone."}
        await library.note_failure(made.play, made.root, told)
        take = await made.begin(made.root, marks={"turn": "t2", "asked": ASKED})
        await made.end(take, (), reason=Cut.USER, status=Status.INTERRUPTED)
        found, _ = await library.runs(made.play)
        assert [(each.id, len(each.takes), len(each.failures)) for each in found] == [
            ("t2", 1, 0), ("t1", 0, 1),
        ]  # fmt: skip

    opened(work)


def test_lines_asked_for_alone_typed_or_cut_are_no_runs_of_several(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        await made.say(made.root, "typed")
        await run(made, "alone", 1)
        await run(made, "two", 2)
        await made.take(made.root, 0, 1)  # as earlier versions wrote them
        several, _ = await library.runs(made.play, fewest=2)
        every, _ = await library.runs(made.play, fewest=1)
        assert [each.id for each in several] == ["two"]
        assert [each.id for each in every] == ["two", "alone"]
        assert several[0].asked is None

    opened(work)


def test_pages_follow_one_another_and_cost_what_they_show(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        parent = made.root
        for number in range(9):
            parent = (await run(made, f"t{number}", 2, parent))[0]
        monkeypatch.setattr(runs, "CHUNK", 5)
        found, before, pages = [], None, 0
        while pages == 0 or before is not None:
            page, before = await library.runs(made.play, before, most=2)
            found += [each.id for each in page]
            assert all(len(each.takes) == 2 for each in page)
            pages += 1
        assert pages > 2
        assert [*dict.fromkeys(found)] == [f"t{number}" for number in range(8, -1, -1)]

    opened(work)


def test_a_failure_neither_hides_what_can_be_undone_nor_what_can_be_redone(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        await run(made, "t1", 2)
        await library.undo(made.play)
        before = await library.next_steps(made.play)
        told = {"turn": "t2", "asked": ASKED, "speaker": "ada", "model": "base", "said": "Gone."}
        await library.note_failure(made.play, made.root, told)
        assert await library.next_steps(made.play) == before
        rows = [row async for row in library.dump(made.play)]
        assert any(row.get("kind") == runs.FAILED for row in rows)

    opened(work)

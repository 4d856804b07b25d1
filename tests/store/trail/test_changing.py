"""Places that lead back are refused; changes of lines that are not there, too."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput
from stage.play.changes import SetLabel, SetPlace, SetShown, SetTitle
from stage.store.library import Library
from stage.store.trail.history import Step
from tests.store.care.test_restoring import dumped
from tests.store.conftest import Open
from tests.store.making import stock

STEP = Step("test", None, "a test")


def test_a_change_that_cannot_be_done_undoes_those_before_it(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        line = (await made.say(made.root, "one")).id
        before = await dumped(library, made.play)
        changes = [SetTitle("x"), SetLabel(line, "note", value="n"), SetLabel("no", "note")]
        with pytest.raises(BadInput):
            await library.operate(made.play, STEP, changes)
        assert await dumped(library, made.play) == before

    opened(work)


def test_a_change_that_changes_nothing_leaves_no_trace(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        one, two = [(await made.say(made.root, text)).id for text in ("one", "two")]
        changes = [
            SetTitle("x"), SetLabel(one, "note", value="n"), SetPlace(two, one, 1.0),
            SetShown(one, two),
        ]  # fmt: skip
        assert (await library.operate(made.play, STEP, changes)).recast
        before = await dumped(library, made.play)
        done = await library.operate(made.play, STEP, changes)
        assert (done.lines, done.turned) == ((), ())
        assert await dumped(library, made.play) == before

    opened(work)


def test_an_import_whose_places_lead_back_is_refused(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        one = (await made.say(made.root, "one")).id
        two = (await made.say(one, "two")).id
        found = await dumped(library, made.play)
        place = {"type": "place", "play": made.play, "line": one, "parent": two, "position": 1.0}
        note = {"type": "label", "play": made.play, "message": one, "kind": "rating", "name": "",
                "value": '"five"', "event": 1}  # fmt: skip

        async def refused(row: dict, words: str) -> None:
            other = await Library.open(library.path.with_name("other.db"))
            try:
                with pytest.raises(BadInput, match=words):
                    await other.restore([*found, row])
            finally:
                await other.close()

        await refused(place, "back to itself")
        await refused(note, "another type")

    opened(work)

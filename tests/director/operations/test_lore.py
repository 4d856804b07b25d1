"""Entries come into the play's own book, or into a persona's."""

from __future__ import annotations

import json
from typing import Any

import pytest

from stage.kit.errors import BadInput
from tests.director.operations.acting import Act

LAMP, FOG = ({"keys": [each], "content": f"About {each}."} for each in ("lamp", "fog"))


def book(*entries: dict[str, Any]) -> str:
    return json.dumps({"entries": entries})


def test_the_plays_own_book_grows_is_replaced_and_comes_back(act) -> None:
    async def work(act: Act) -> None:
        play = await act.director.open(act.made.play)

        def names() -> list[str]:
            return [each.name for each in play.facts(play.start).lore]

        assert names() == []
        await act.do("lore", book=book(LAMP))
        await act.do("lore", book=book(LAMP, FOG))
        assert names() == ["lamp", "fog"], "the same entry is there once"
        assert (await act.words())[0] == "undo change of the play's lorebook"
        stored = (await act.director.library.scene(play.id))[0]
        assert [each.name for each in stored.lore] == ["lamp", "fog"], "it is kept"
        await act.do("lore", book=book(FOG), replace=True)
        assert names() == ["fog"]
        await act.undo()
        assert names() == ["lamp", "fog"]
        await act.undo()
        await act.undo()
        assert names() == []
        await act.redo()
        assert names() == ["lamp"]

    act(work)


def test_a_members_book_grows_from_a_line_on(act) -> None:
    async def work(act: Act) -> None:
        play = await act.director.open(act.made.play)
        first = await act.add(play.start, "Hello.")
        line = await act.add(first, "And on.")
        await act.do("lore", line, book=book(FOG), member="Ada")
        ada = play.cast(line)["ada"].persona
        assert [each.name for each in ada.book] == ["fog"]
        assert play.cast(first)["ada"].persona.book == ()
        assert play.facts(line).lore == (), "it is nobody else's"
        with pytest.raises(BadInput, match="reads like that already"):
            await act.do("lore", line, book=book(FOG), member="Ada")

    act(work)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"entries": [{"keys": []}]}', '{"entries": 1}'])
def test_what_is_no_book_is_refused(act, text: str) -> None:
    async def work(act: Act) -> None:
        with pytest.raises(BadInput, match="book"):
            await act.do("lore", book=text)

    act(work)

"""Operations through the director: told, undone, refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from stage.director.events import Changed, Changes, Event
from stage.kit.errors import BadInput
from stage.play.persona import Persona
from tests.director.operations.acting import Act, acted


def test_an_operation_is_told_with_what_it_changed(tmp_path: Path) -> None:
    async def work(act: Act) -> None:
        heard: list[Event] = []

        def hear(event: Event) -> None:
            heard.append(event)

        act.director.told.connect(hear)
        line = await act.add(act.made.root, "one")
        await act.do("bookmark", line)
        await act.do("bookmark", line)
        await act.do("rename", title="New")
        changes = [each.changes for each in heard if isinstance(each, Changed)]
        assert changes == [
            Changes.TREE | Changes.SELECTION,
            Changes.TREE,
            Changes.TREE | Changes.PLAYS,
        ]
        assert heard[1].lines == (line,)
        assert heard[1].words == "bookmark of Bo's line"

    acted(tmp_path, work)


def test_what_does_not_exist_is_refused(tmp_path: Path) -> None:
    async def work(act: Act) -> None:
        with pytest.raises(BadInput, match="no operation fly"):
            await act.do("fly", act.made.root)
        with pytest.raises(BadInput, match="no line nobody"):
            await act.do("note", "nobody", text="x")
        with pytest.raises(BadInput, match="no key x"):
            await act.do("note", act.made.root, x="x")
        with pytest.raises(BadInput, match="nothing to undo"):
            await act.undo()

    acted(tmp_path, work)


def test_whoever_looks_meanwhile_finds_a_cast_that_can_be_read(tmp_path: Path) -> None:
    """A window looks at any time: no line stands there before the card that it names."""

    async def work(act: Act) -> None:
        play = await act.director.open(act.made.play)
        line = await act.add(act.made.root, "one")
        library = act.director.library
        cards = library.cards

        async def slowly(play_id: str) -> dict[str, Persona]:
            found = await cards(play_id)
            assert play.cast(line)["bo"].persona.version  # it can be read while one waits
            return found

        library.cards = slowly  # type: ignore[method-assign]
        await act.do("edit_persona", line, member="Bo", field="description", text="You lie.")
        assert play.cast(line)["bo"].persona.private == "You lie."

    acted(tmp_path, work)

"""Operations through the director: told, undone, refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from stage.director.events import Changed, Changes, Event
from stage.kit.errors import BadInput
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

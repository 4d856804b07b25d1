"""Pointers against the log: after any operation they agree, and a forged one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from stage.store.care import pointers
from tests.director.operations.acting import Act, acted


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE label SET value = '\"other\"' WHERE kind = 'note'", "label of the line"),
        ("DELETE FROM label WHERE kind = 'tag'", "label of the line"),
        ("UPDATE place SET position = position + 1", "place of the line"),
        ("UPDATE selection SET child = parent", "child shown of the line"),
        ("UPDATE play SET title = 'Never'", "title"),
        ("UPDATE play SET tip = root", "place of the play"),
    ],
)
def test_a_forged_pointer_is_named(tmp_path: Path, statement: str, words: str) -> None:
    async def work(act: Act) -> None:
        one = await act.add(act.made.root, "one two")
        await act.do("note", one, text="a note")
        await act.do("tag", one, name="good")
        await act.do("split", one, at=3)
        await act.undo()
        await act.add(act.made.root, "other")
        await act.do("move", one, to=act.made.root, index=2)
        await act.do("rename", title="Another")
        await act.director.stand(act.made.play, one)
        desk = act.made.library._desk
        assert await desk.read(lambda c: [*pointers.problems(c)]) == []
        assert await desk.read(lambda c: [*pointers.problems(c, act.made.play)]) == []
        assert await desk.read(lambda c: [*pointers.problems(c, "nobody")]) == []
        await desk.write(lambda c: c.execute(statement))
        found = await desk.read(lambda c: [*pointers.problems(c)])
        assert found
        assert all(words in each for each in found)

    acted(tmp_path, work, sound=False)

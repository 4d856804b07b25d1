"""Greetings and alternates as sibling lines."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput
from tests.director.operations.acting import Act


def test_every_greeting_is_a_sibling_with_its_macros_expanded(act) -> None:
    async def work(act: Act) -> None:
        play, root = await act.director.open(act.made.play), act.made.root
        with pytest.raises(BadInput, match="no greeting"):
            await act.do("greet", None, member="Ada")
        await act.do("recast", None, member="Ada", persona="odile")
        made = (await act.do("greet", None, member="Ada")).made
        texts = [play.tree[each].text for each in made]
        assert texts[0] == "Good evening, Bo. You will have to forgive the coat; it is not mine."
        assert texts[1] in ("Is this seat taken?", "Is this seat free?")
        assert list(play.tree.siblings(made[0])) == list(made)
        assert play.tree.selected(root) == play.tree[made[0]]
        origin = (await act.made.library.line(made[1])).payload
        assert origin
        assert origin["macros"][0]["macro"] == "{{random:taken,free}}"
        assert (await act.words())[0] == "undo greeting of Ada"
        await act.undo()
        assert play.tree.children(root) == []

    act(work)

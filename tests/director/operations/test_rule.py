"""Who speaks next is found in another way, in all of the play."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput
from tests.director.operations.acting import Act


def test_another_rule_decides_from_now_on_and_can_be_taken_back(act) -> None:
    async def work(act: Act) -> None:
        play = await act.director.open(act.made.play)
        before = play.scene.rule
        await act.do("rule", rule="script", params='{"order": ["Bo"], "loop": true}')
        assert play.decide(play.start).rule == "script"
        assert play.decide(play.start).queue == ("bo",)
        stored = (await act.director.library.scene(play.id))[0]
        assert (stored.rule, dict(stored.params)) == ("script", {"order": ["Bo"], "loop": True})
        assert (await act.words())[0] == "undo change of who speaks next: Script"
        await act.do("rule", rule="list")  # what it does not know of is left out
        assert (play.scene.rule, dict(play.scene.params)) == ("list", {})
        await act.undo()
        await act.undo()
        assert play.scene.rule == before
        await act.redo()
        assert play.scene.rule == "script"
        assert await act.director.library.check() == []

    act(work)


def test_settings_are_checked_and_the_same_rule_is_no_change(act) -> None:
    async def work(act: Act) -> None:
        await act.do("rule", rule="mention")
        for given, words in (
            ({"rule": "mention"}, "already"),
            ({"rule": "dice"}, "one of"),
            ({"rule": "list", "params": "{"}, "readable JSON"),
            ({"rule": "list", "params": '{"order": 1}'}, "no parameter"),
        ):
            with pytest.raises(BadInput, match=words):
                await act.do("rule", **given)

    act(work)

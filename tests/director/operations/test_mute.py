"""Muted members take no turns of their own."""

from __future__ import annotations

from tests.director.operations.acting import Act


def test_a_muted_member_speaks_only_when_called_by_hand(act) -> None:
    async def work(act: Act) -> None:
        play = await act.director.open(act.made.play)
        one = await act.add(act.made.root, "one")
        await act.do("mute", one, member="Ada")
        for rule in ("round_robin", "list", "pooled", "natural", "talkativeness"):
            decision = play.decide(one, rule=rule)
            assert "ada" not in decision.queue
            assert ("ada", "muted") in decision.excluded
        assert play.decide(one, rule="manual", chosen="ada").queue == ("ada",)
        assert "ada" in play.decide(act.made.root, rule="list").queue
        assert (await act.words())[0] == "undo muting of Ada"
        await act.do("mute", one, member="Ada", off=True)
        assert "ada" in play.decide(one, rule="list").queue

    act(work)

"""Entrances, of those who are known and of newcomers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stage.kit.errors import BadInput
from stage.play.line import Kind
from stage.play.prompting.frame import heard
from tests.director.operations.acting import Act


def test_a_newcomer_joins_hears_what_follows_and_nothing_before(act, tmp_path: Path) -> None:
    card = {"spec": "chara_card_v3", "data": {"name": "Cy", "description": "You are late."}}
    (tmp_path / "cy.json").write_text(json.dumps(card))

    async def work(act: Act) -> None:
        play = await act.director.open(act.made.play)
        one = await act.add(act.made.root, "before")
        made = (await act.do("enter", one, member="Cy", persona=str(tmp_path / "cy.json"))).made
        after = (await act.do("add", made[0], member="Cy", text="Here I am.")).made[0]
        cast = play.cast(after)
        cy = cast.named("Cy")
        assert cy is not None
        assert (cy.persona.private, cy.actor.model) == ("You are late.", "base")
        assert [each.id for each in heard(play.path(after), cy)] == [made[0], after]
        assert play.tree[made[0]].text == "Cy enters."
        assert cast.label_of(play.tree[after]) == "Cy"
        assert play.scene.cast.label_of(play.tree[after]) == "Cy"
        assert cy.id in play.present(after)
        assert play.cast(one).named("Cy") is None
        assert cy.id in play.decide(after, rule="list").queue
        with pytest.raises(BadInput, match="on stage already"):
            await act.do("enter", after, member="Cy")
        with pytest.raises(BadInput, match="called Cy already"):
            await act.do("enter", after, member="Cy", persona=str(tmp_path / "cy.json"))
        await act.do("delete", after)
        (lying,) = await act.director.librarian.bin(act.made.play)
        assert lying.member == cy, "the bin knows who joined later"
        await act.director.undo(act.made.play)
        gone = (await act.do("exit", after, member="Cy")).made[0]
        back = (await act.do("enter", gone, member="cy", text="Cy is back.")).made[0]
        assert (play.tree[back].kind, play.tree[back].text) == (Kind.ENTER, "Cy is back.")
        human = await act.do(
            "enter", one, member="Di", persona=str(tmp_path / "cy.json"), human="1"
        )
        di = play.cast(human.made[0]).named("Di")
        assert di is not None
        assert di.human
        for _ in range(6):
            await act.undo()
        assert not play.tree.marked("cast") or play.cast(after).named("Di") is None

    act(work)


def test_who_is_not_known_cannot_enter(act) -> None:
    async def work(act: Act) -> None:
        with pytest.raises(BadInput, match="brings somebody new"):
            await act.do("enter", None, member="Cy")
        with pytest.raises(BadInput, match="not known"):
            await act.do("enter", None, member="Cy", persona="nobody")
        with pytest.raises(BadInput, match="no model called"):
            await act.do("enter", None, member="Cy", persona="iris", model="none")

    act(work)

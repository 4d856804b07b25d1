"""Another play of the same cast."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from stage.director.wardrobe import shipped
from stage.play.cast import Layer
from stage.play.persona import edited, persona
from stage.ui.dialogs.alike import cast_alike
from stage.ui.dialogs.new_play import NewPlay
from tests.ui.helpers import play


def test_a_new_play_has_the_cast_of_the_one_on_stage(shown: Any, loop: Any) -> None:
    of = play()
    ada, ben, guest = of.scene.cast.members
    of.scene = replace(of.scene, setting="A cellar", rule="natural", params={"preset": "st"})
    ours = {each.stem: each for each in shipped("models")}
    of.models = {"base": ours["stage-base"], "chat": Path("/elsewhere/big.gguf")}
    ben = ben.wearing([Layer("Rex", persona("Rex"))])
    cards = {"ada": edited(ada.persona, {"description": "Older."}), "ben-2": ben.stack[0].persona}
    own = shown(NewPlay()).own
    said: list[str] = []
    own.said.connect(said.append)
    own.offer(cards)

    async def fill() -> None:
        cast_alike(own, of, [ada, ben, guest], cards)

    loop.run(fill())
    played = {name: row.actor.currentData() for name, row in own._cast.items()}
    assert played == {"ada": "stage-base", "ben-2": "big"}, "under the mask is who is cast"
    assert own.actors.files["big"] == "/elsewhere/big.gguf"
    assert (own.you.text(), own.setting.text()) == ("Guest", "A cellar")
    assert own.rule.currentData() == "natural/st"
    assert said == []


def test_whoever_has_no_card_is_told(shown: Any) -> None:
    of = play()
    own = shown(NewPlay()).own
    said: list[str] = []
    own.said.connect(said.append)
    cast_alike(own, of, of.scene.cast.members, {})
    assert said[-1].startswith("No card is known of Ada, Ben;")
    assert own.you.text() == "Guest"

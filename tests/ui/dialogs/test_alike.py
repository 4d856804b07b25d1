"""Another play of the same cast."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from stage.director.cards import known
from stage.director.opened import OpenPlay
from stage.director.wardrobe import shipped
from stage.play.cast import Actor, ActorKind, Cast, Layer
from stage.play.persona import edited, persona
from stage.play.sampling import Sampler, Step
from stage.ui.dialogs.alike import cast_alike
from stage.ui.dialogs.new_play import NewPlay
from stage.ui.dialogs.own_scene import OwnScene
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


async def with_lore(shown: Any, folder: Path) -> tuple[OwnScene, OpenPlay]:
    """A scene alike a play whose Ada has a sampler, a form and a direction of her own."""
    files = {each.stem: each for each in shipped("models")}
    for name in ("Ada", "Ben"):
        data = {"spec": "chara_card_v2", "spec_version": "2.0", "data": {"name": name}}
        (folder / f"{name}.json").write_text(json.dumps(data))
    own = shown(NewPlay()).own
    await own.bring_in([str(folder / "Ada.json"), str(folder / "Ben.json")])
    of = play()
    ada, ben, guest = of.scene.cast.members
    cards = await known()
    own.offer(cards)
    careful = Sampler((Step("temperature", (("t", 0.5),)),), max_tokens=33)
    actor = Actor(ActorKind.MODEL, "base", careful, "screenplay")
    ada = replace(ada, persona=cards["ada"], actor=actor, direction="Be brief.")
    ben = replace(ben, persona=cards["ben"], actor=replace(ben.actor, sampler=None))
    book = {"entries": [{"keys": ["lamp"], "content": "It never goes out."}], "name": "Tower"}
    of.scene = replace(of.scene, cast=Cast([ada, ben, guest]), book=book)
    of.models = {"base": files["stage-base"], "chat": files["stage-chat"]}
    cast_alike(own, of, of.scene.cast.members, cards)
    return own, of


def test_what_members_are_played_with_comes_along_with_the_lorebook(
    shown: Any, loop: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAGE_HOME", str(tmp_path / "home"))
    own, of = loop.run(with_lore(shown, tmp_path))
    assert own.lore.isVisible()
    assert own.frame.currentText() == "as it was with each of them"
    made = own.made()
    assert made.book == of.scene.book
    assert [entry.content for entry in made.lore] == ["It never goes out."]
    ada, ben = made.cast["ada"], made.cast["ben"]
    was = of.scene.cast["ada"].actor
    assert (ada.actor.sampler, ada.actor.frame, ada.direction) == (
        was.sampler, "screenplay", "Be brief.",
    )  # fmt: skip
    assert (ben.actor.sampler, ben.actor.frame, ben.direction) == (None, None, "")
    assert made.opening == ()
    own.frame.setCurrentIndex(own.frame.findData("raw"))
    assert own.made().cast["ada"].actor.frame == "raw", "what is chosen for all"


def test_another_model_has_its_own_sampler_and_the_lorebook_can_stay_behind(
    shown: Any, loop: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAGE_HOME", str(tmp_path / "home"))
    own, _ = loop.run(with_lore(shown, tmp_path))
    row = own._cast["ada"].actor
    row.setCurrentIndex(row.findData("stage-chat"))
    own.lore.click()
    made = own.made()
    assert made.book == {}
    sampler = made.cast["ada"].actor.sampler
    assert sampler is not None
    assert (sampler.usual, sampler.max_tokens) == (True, 33)


def test_a_scene_of_ones_own_has_no_lorebook_to_bring(shown: Any) -> None:
    assert not shown(NewPlay()).own.lore.isVisible()

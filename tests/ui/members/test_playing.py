from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from stage.kit.errors import BadInput
from stage.play.cast import Actor, ActorKind, Cast
from stage.play.sampling import PRESETS, Sampler
from stage.ui.desk.desk import Desk
from stage.ui.members.casting import Casting
from stage.ui.members.playing import HUMAN, STEPS, Playing, read, written
from tests.ui.helpers import Part


@pytest.mark.parametrize("name", PRESETS)
def test_a_sampler_is_written_as_rows_and_read_again(name: str) -> None:
    sampler = PRESETS[name]
    assert read(written(sampler)) == sampler
    assert written(PRESETS["careful"]).split("\n")[1] == "temperature t=0.5"


def test_rows_that_are_no_steps_are_refused_in_words() -> None:
    assert read("temperature t=0.5\nmax_tokens=40").max_tokens == 40
    assert read("max_tokens=40") == Sampler(usual=True, max_tokens=40), "no step: the usual ones"
    assert read(written(Sampler(usual=True))) == Sampler(usual=True)
    refused = {
        "temperature x": "no step", "warmth t=1": "not known", "temperature t=hot": "no step",
        "temperature t=900": "must lie",
    }  # fmt: skip
    for text, why in refused.items():
        with pytest.raises(BadInput, match=why):
            read(text)


def test_what_is_chosen_is_done_from_the_line_on_and_nothing_else(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    made = shown(Playing(Casting(desk, desk.session)), 600, 400)
    made.refresh()
    assert made.actor.currentData() == "base"
    assert made.preset.currentData() == STEPS
    assert made.asked() == []
    assert not made.apply_.isEnabled()
    made.preset.setCurrentIndex(made.preset.findData("careful"))
    made._preset_chosen(0)
    made.frame.setCurrentIndex(made.frame.findData("screenplay"))
    made.muted.click()
    made.apply_.setFocus()
    made.apply_.click()
    assert made.focusWidget() is made.actor, "the keyboard stays on the page"
    loop.until(lambda: len([each for each in part.asked if each[0] == "do"]) == 2)
    (recast, mute) = [each for each in part.asked if each[0] == "do"]
    sampler = Sampler.from_json(json.loads(recast[2].pop("sampler")))
    assert sampler == replace(PRESETS["careful"], max_tokens=20), "as long as before"
    assert recast[1:] == ("recast", {"member": "Ada", "frame": "screenplay", "line": "b1"})
    assert mute[1:] == ("mute", {"member": "Ada", "off": False, "line": "b1"})
    made.chain.setPlainText("nonsense")
    assert not made.apply_.isEnabled()
    assert "not known" in made._state.text()
    made.actor.setCurrentIndex(made.actor.findData(HUMAN))
    made._say()
    given = {"member": "Ada", "frame": "screenplay", "human": True}
    assert made.asked()[0] == ("recast", given), "a model may write a line of theirs in it"
    assert not made.chain.isEnabled()
    made.on_stage.click()
    assert made.asked()[-1] == ("exit", {"member": "Ada"})


def test_a_member_greets_where_its_card_has_a_greeting(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    casting = Casting(desk, desk.session)
    made = shown(Playing(casting), 600, 400)
    made.refresh()
    assert not made.greet.isEnabled(), "Ada's card has none"
    made.greet.setEnabled(True)
    made.greet.click()
    loop.until(lambda: ("do", "greet", {"member": "Ada", "line": "b1"}) in part.asked)


def test_a_model_that_the_play_does_not_have_comes_with_its_file(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    made = shown(Playing(Casting(desk, desk.session)), 600, 400)
    made.refresh()
    offered = [made.actor.itemText(at) for at in range(made.actor.count())]
    assert offered == [
        "stage-base", "stage-chat", "you type", "another model file ..."]  # fmt: skip
    made.add_model("/models/chat.gguf")
    assert made.actor.currentData() == "chat-2", "the play has a chat already"
    assert made.asked()[0][1]["file"] == "/models/chat.gguf"
    asked: list[str] = []
    desk.choosing.one = lambda over, what, *rest: asked.append(what)  # type: ignore[method-assign,assignment]
    made.actor.setCurrentIndex(made.actor.count() - 1)
    made._acted(0)
    assert asked == ["models"]
    assert made.actor.currentData() == "base", "nothing is chosen yet"


def test_a_play_without_models_is_offered_the_shipped_ones(
    desk: Desk, part: Part, shown: Any
) -> None:
    scene, cast = part.play.scene, [replace(each, actor=Actor(ActorKind.HUMAN))
                                    for each in part.play.scene.cast]  # fmt: skip
    desk.session.show(replace(part.play, scene=replace(scene, models={}, cast=Cast(cast))))
    made = shown(Playing(Casting(desk, desk.session)), 600, 400)
    made.refresh()
    offered = [made.actor.itemText(at) for at in range(made.actor.count())]
    assert offered[:3] == [
        "you type", "stage-base, new in this play", "stage-chat, new in this play"]  # fmt: skip
    made.actor.setCurrentIndex(made.actor.findData("stage-chat"))
    made._acted(0)
    wanted = {"member": "Ada", "model": "stage-chat", "file": "stage-chat"}
    assert made.asked() == [("recast", wanted)]

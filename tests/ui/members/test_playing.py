from __future__ import annotations

import json
from typing import Any

import pytest

from stage.kit.errors import BadInput
from stage.play.sampling import PRESETS, Sampler
from stage.ui.desk.desk import Desk
from stage.ui.members.casting import Casting
from stage.ui.members.playing import HUMAN, OWN, Playing, read, written
from tests.ui.helpers import Part


@pytest.mark.parametrize("name", PRESETS)
def test_a_sampler_is_written_as_rows_and_read_again(name: str) -> None:
    sampler = PRESETS[name]
    assert read(written(sampler)) == sampler
    assert written(PRESETS["careful"]).split("\n")[1] == "temperature t=0.5"


def test_rows_that_are_no_steps_are_refused_in_words() -> None:
    assert read("temperature t=0.5\nmax_tokens=40").max_tokens == 40
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
    assert made.preset.currentData() == OWN
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
    assert sampler == PRESETS["careful"]
    assert recast[1:] == ("recast", {"member": "Ada", "frame": "screenplay", "line": "b1"})
    assert mute[1:] == ("mute", {"member": "Ada", "off": False, "line": "b1"})
    made.chain.setPlainText("nonsense")
    assert not made.apply_.isEnabled()
    assert "not known" in made._state.text()
    made.actor.setCurrentIndex(made.actor.findData(HUMAN))
    made._say()
    assert made.asked()[0] == ("recast", {"member": "Ada", "human": True})
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

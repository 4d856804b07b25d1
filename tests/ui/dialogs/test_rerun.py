from __future__ import annotations

from typing import Any

from stage.director.records import Version
from stage.director.rerunning import THINGS
from stage.ui.dialogs.rerun import RerunDialog
from tests.ui.helpers import play


def dialog(shown: Any) -> RerunDialog:
    cast = [each for each in play().scene.cast if not each.human]
    versions = {each.id: [Version(each.persona.version, None, 0.0, each.persona)] for each in cast}
    made: RerunDialog = shown(
        RerunDialog(cast, {"base": "One 7B", "chat": "Two 7B"}, versions), 480, 300
    )
    return made


def test_every_thing_has_a_value_to_choose(shown: Any) -> None:
    for at, thing in enumerate(THINGS):
        made = dialog(shown)
        made.thing.setCurrentIndex(at)
        made.thing.activated.emit(at)
        if thing == "seed":
            made.seed.setText(" 7 ")
        made.apply()
        assert made.asked[:2] == ("Ada", thing)
        assert made.asked[2]


def test_a_seed_must_be_given(shown: Any) -> None:
    made = dialog(shown)
    at = THINGS.index("seed")
    made.thing.setCurrentIndex(at)
    made.thing.activated.emit(at)
    made.apply()
    assert made.asked == ()


def test_another_model_than_the_member_has_is_proposed(shown: Any) -> None:
    made = dialog(shown)
    played = next(each for each in play().scene.cast if not each.human).actor.model
    assert made.thing.currentData() == "model"
    assert made.value.currentData() in {"base", "chat"} - {played}

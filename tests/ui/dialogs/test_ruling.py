"""A rule of who speaks next and its settings, asked for in the window."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from stage.play.speaking import RULES
from stage.play.speaking.guards import PARAMS as GUARDS
from stage.play.speaking.settings import read_params
from stage.ui.dialogs.rule_fields import Number, OneOf, Tick
from stage.ui.dialogs.ruling import Ruling
from tests.ui.helpers import Evening, play, scene


def ruling(rule: str = "round_robin", **params: Any) -> Ruling:
    of = play()
    of.scene = replace(of.scene, rule=rule, params=params)
    return Ruling(of)


def choose(dialog: Ruling, rule: str) -> None:
    dialog.rule.setCurrentIndex(dialog.rule.findData(rule))


def seen(dialog: Ruling) -> set[str]:
    return {name for name, field in dialog.fields.items() if not field.isHidden()}


@pytest.mark.parametrize("rule", RULES.names)
def test_every_setting_of_a_rule_has_a_field_with_a_name(qapp: Any, rule: str) -> None:
    dialog = ruling(rule)
    wanted = RULES[rule].params.keys() | GUARDS.keys()
    assert seen(dialog) == wanted - {"weights"}
    assert all(not each.isHidden() for each in dialog.weights.values()) is ("weights" in wanted)
    assert all(each.accessibleName() for each in dialog.findChildren(QWidget)
               if isinstance(each, Number | Tick | OneOf))  # fmt: skip
    dialog.apply.click()
    assert dialog.asked is None, "nothing was changed"
    dialog.deleteLater()


def test_what_is_written_is_what_the_rule_is_given(qapp: Any) -> None:
    dialog = ruling("model", tau=0.5, weights={"Ben": 2}, max_repeat=2)
    fields = dialog.fields
    assert (fields["tau"].value(), dialog.weights["Ben"].value()) == (0.5, 2.0)
    fields["tau"].put(None)
    fields["mode"].put("shown")
    fields["otherwise"].put("pooled")
    fields["newcomers"].put(True)
    fields["max_auto"].put(3)
    dialog.weights["Ada"].put(0)
    dialog.apply.click()
    assert dialog.asked is not None
    params = json.loads(dialog.asked["params"])
    assert params == {
        "mode": "shown", "otherwise": "pooled", "newcomers": True, "weights": {"Ada": 0, "Ben": 2},
        "max_repeat": 2, "max_auto": 3,
    }  # fmt: skip
    of = play()
    assert read_params(params, RULES["model"], of.scene.models, of.scene.cast) == params
    dialog.deleteLater()


def test_another_rule_has_its_own_settings_and_those_of_any_stay(qapp: Any) -> None:
    dialog = ruling("narrator", chance=0, max_repeat=1)
    dialog.fields["otherwise"].put("list")
    choose(dialog, "mention")
    assert seen(dialog) == {"otherwise", *GUARDS}
    offered = [
        dialog.fields["otherwise"].itemData(at)  # type: ignore[union-attr]
        for at in range(dialog.fields["otherwise"].count())
    ]  # type: ignore[union-attr]
    assert "mention" not in offered
    assert dialog.params() == {"otherwise": "list", "max_repeat": 1}
    choose(dialog, "script")
    dialog.fields["order"].put(["Ada", "Ben"])
    assert dialog.params() == {"order": ["Ada", "Ben"], "max_repeat": 1}
    choose(dialog, "narrator")
    assert dialog.params() == {"chance": 0, "otherwise": "list", "max_repeat": 1}
    dialog.deleteLater()


@pytest.mark.parametrize(
    ("rule", "name", "said"),
    [("narrator", "chance", "1.5"), ("narrator", "after", "2.5"), ("model", "tau", "nan"),
     ("model", "tau", "-1"), ("list", "max_auto", "many")],
)  # fmt: skip
def test_what_is_no_setting_is_told_and_the_dialog_stays(
    qapp: Any, rule: str, name: str, said: str
) -> None:
    dialog = ruling(rule)
    dialog.fields[name].setText(said)  # type: ignore[union-attr]
    dialog.apply.click()
    assert dialog.asked is None
    assert dialog.result() == 0
    assert not dialog.error.isHidden()
    assert repr(said) in dialog.error.text()
    assert dialog.fields[name].accessibleName() in dialog.error.text()
    assert dialog.focusWidget() is dialog.fields[name]
    dialog.deleteLater()


def test_settings_are_one_step_that_is_taken_back(evening: Evening) -> None:
    evening.begin(scene())
    window, play_ = evening.window, evening.play
    window.menus.do("rule-settings")
    evening.loop.until(lambda: any(each.isVisible() for each in window.findChildren(Ruling)))
    (dialog,) = window.findChildren(Ruling)
    before = (play_.scene.rule, dict(play_.scene.params))
    choose(dialog, "talkativeness")
    dialog.fields["allow_self"].put(True)
    dialog.fields["max_repeat"].put(2)
    dialog.apply.click()
    wanted = ("talkativeness", {"allow_self": True, "max_repeat": 2})
    evening.loop.until(lambda: (play_.scene.rule, dict(play_.scene.params)) == wanted)
    evening.loop.settle()
    evening.desk.steps.undo()
    evening.loop.until(lambda: (play_.scene.rule, dict(play_.scene.params)) == before)

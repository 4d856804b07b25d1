"""Fields for the settings of speaker rules."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from stage.kit.errors import BadInput
from stage.play.speaking import RULES
from stage.ui.dialogs.rule_fields import TITLES, choices, field, known


def test_every_setting_has_a_title_and_a_field_that_gives_back_what_it_is_given(qapp: Any) -> None:
    over = QWidget()
    values: dict[type, Any] = {bool: True, int: 3, float: 0.25, list: ["Ada", "Bo B."]}
    for name, kind in known().items():
        assert TITLES[name]
        if kind is dict:
            continue
        made = field(name, kind, over)
        assert made.value() is None, "nothing is set before somebody does"
        if kind in values:
            made.put(values[kind])
            assert made.value() == values[kind]
        made.put(None)
        assert made.value() is None
    over.deleteLater()


def test_choices_are_those_that_a_scene_may_set(qapp: Any) -> None:
    for rule in RULES:
        for name, kind in rule.params.items():
            if kind is str:
                assert choices(name, rule.id, {"base": "Base"})
    assert "shown" in choices("mode", "model", {})
    assert "shown" not in choices("mode", "director", {})


def test_a_number_that_is_none_is_told_by_its_name(qapp: Any) -> None:
    over = QWidget()
    made = field("chance", float, over)
    made.setText("2")  # type: ignore[union-attr]
    with pytest.raises(BadInput, match="0 to 1: '2' is not a number from 0 up to 1"):
        made.value()
    over.deleteLater()

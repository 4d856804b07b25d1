from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from stage.ui.dress.tokens import LIGHT
from stage.ui.widgets.buttons import Button, Chip, Link, Segment
from stage.ui.widgets.fields import Check


def kinds() -> list[QAbstractButton]:
    return [Button("Speak", primary=True), Button("Stop"), Link("Close"), Chip("Ada", 0),
            Segment("1", "One lane")]  # fmt: skip


@pytest.mark.parametrize("at", range(5))
def test_buttons_have_names_take_keys_and_change_when_off(at: int, shown: Any) -> None:
    made = shown(kinds()[at])
    assert made.accessibleName()
    pressed: list[bool] = []

    def clicked() -> None:
        pressed.append(True)

    made.clicked.connect(clicked)
    QTest.keyClick(made, Qt.Key.Key_Space)
    assert pressed == [True]
    made.setChecked(False)
    plain = made.grab().toImage()
    if not isinstance(made, Chip):
        made.setEnabled(False)
        assert made.grab().toImage() != plain
    assert made.width() >= made.fontMetrics().horizontalAdvance(made.text())


def test_the_primary_button_alone_has_the_accent(shown: Any) -> None:
    made = shown(Button("Speak", primary=True))
    middle = made.grab().toImage().pixelColor(6, made.height() // 2)
    assert middle in (QColor(LIGHT.accent), QColor(LIGHT.accent_hover))
    made.set_text("Go on")
    assert made.accessibleName() == "Go on"


@pytest.mark.parametrize("kind", [Button, Link, Check])
def test_an_ampersand_in_a_name_is_no_key(kind: Any, shown: Any) -> None:
    made = shown(kind("R&D"))
    assert made.shortcut().isEmpty()
    assert made.text() == made.accessibleName() == "R&D"
    made.setText("Q&A")
    assert made.shortcut().isEmpty()
    assert made.text() == "Q&A"


def test_no_name_on_a_chip_or_a_segment_takes_a_key() -> None:
    assert Chip("R&D", 0).shortcut().isEmpty()
    assert Segment("Q&A", "Tokens of Q&A").shortcut().isEmpty()

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from stage.ui.dress import theme
from stage.ui.dress.theme import contrast
from stage.ui.dress.tokens import DARK, LIGHT, Tokens
from stage.ui.widgets.labels import label

SCHEMES = (LIGHT, DARK)
PAIRS = [
    ("text", ("window", "surface", "sunken", "selection")),
    ("muted", ("window", "surface", "sunken", "selection")),
    ("mark", ("window", "surface", "selection")),
    ("ok", ("window", "surface")),
    ("warning", ("window", "surface", "selection")),
    ("on_accent", ("accent", "accent_hover")),
]


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda each: each.name)
def test_every_text_can_be_read_on_every_ground(scheme: Tokens) -> None:
    low = [
        (
            ink,
            ground,
            round(contrast(QColor(getattr(scheme, ink)), QColor(getattr(scheme, ground))), 2),
        )
        for ink, grounds in PAIRS
        for ground in grounds
    ]
    assert not [each for each in low if each[2] < 4.5]


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda each: each.name)
def test_tinted_text_can_be_read_in_every_colour_and_strength(scheme: Tokens) -> None:
    grounds = (QColor(scheme.surface), QColor(scheme.selection))
    text = QColor(scheme.text)
    for index, ground, strength in product(range(8), grounds, (0.2, 0.6, 1.0)):
        made = theme.tint(theme.persona_colour(index), ground, text, strength)
        assert contrast(made, text) >= 4.5


def test_a_stronger_tint_stands_out_more() -> None:
    ground, text = QColor(LIGHT.surface), QColor(LIGHT.text)
    made = [
        contrast(theme.tint(theme.persona_colour(1), ground, text, strength), ground)
        for strength in (0.0, 0.3, 0.6, 1.0)
    ]
    assert made == sorted(made)
    assert made[0] == pytest.approx(1.0)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21.0)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


def test_dressed_widgets_follow_the_scheme(qapp: QApplication, shown: Any) -> None:
    field = shown(QLineEdit())
    theme.dress(field, "field")
    assert LIGHT.surface in field.styleSheet()
    theme.apply(qapp, "dark")
    assert DARK.surface in field.styleSheet()
    assert theme.tokens(field) is DARK
    theme.apply(qapp, "light")
    assert theme.tokens(field) is LIGHT


def test_a_warning_keeps_its_colour_in_another_scheme(qapp: QApplication, shown: Any) -> None:
    page, warning = QWidget(), label("It is too large.")
    theme.dress(page, "page")
    theme.dress(warning, "warning")
    warning.setParent(page)
    shown(page, 200, 100)
    for choice, scheme in (("dark", DARK), ("light", LIGHT)):
        theme.apply(qapp, choice)
        ink = warning.palette().color(warning.foregroundRole())
        assert ink == QColor(scheme.warning)

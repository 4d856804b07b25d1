from __future__ import annotations

from dataclasses import astuple

from PySide6.QtGui import QColor

from stage.ui.dress.tokens import DARK, LIGHT


def test_every_name_is_a_colour_in_both_schemes() -> None:
    for scheme in (LIGHT, DARK):
        name, *colours = astuple(scheme)
        assert name in ("light", "dark")
        assert all(QColor(each).isValid() for each in colours)

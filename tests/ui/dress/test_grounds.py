from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from stage.ui.dress import theme
from stage.ui.dress.grounds import AREAS, GROUNDS
from stage.ui.dress.tokens import DARK, LIGHT, Tokens


def at(widget: QWidget, x: int, y: int) -> QColor:
    return widget.grab().toImage().pixelColor(x, y)


@pytest.mark.parametrize("kind", GROUNDS)
def test_a_ground_and_its_line_follow_the_scheme_and_dress_nothing_inside(
    qapp: QApplication, shown: Any, kind: str
) -> None:
    pane = QWidget()
    inside = QLabel("", pane)
    QVBoxLayout(pane).addWidget(inside)
    theme.dress(pane, kind)
    shown(pane, 100, 60)
    ground, side = GROUNDS[kind]
    edge = {"top": (50, 0), "bottom": (50, 59), "left": (0, 30), "right": (99, 30)}.get(side)
    for name, scheme in (("light", LIGHT), ("dark", DARK)):
        theme.apply(qapp, name)
        assert at(pane, 50, 30) == QColor(getattr(scheme, ground))
        assert edge is None or at(pane, *edge) == QColor(scheme.rule)
        assert at(pane, 2, 2) == QColor(getattr(scheme, ground))
        assert theme.tokens(pane) is scheme
    assert pane.styleSheet() == inside.styleSheet() == ""


@pytest.mark.parametrize("kind", AREAS)
def test_what_scrolls_has_a_ground_and_no_frame(qapp: QApplication, shown: Any, kind: str) -> None:
    area = QPlainTextEdit()
    theme.dress(area, kind)
    shown(area, 100, 60)
    for name, scheme in (("light", LIGHT), ("dark", DARK)):
        theme.apply(qapp, name)
        wanted = QColor(getattr(scheme, AREAS[kind]))
        assert at(area, 0, 0) == at(area, 50, 30) == wanted
        assert _coloured(area, scheme)


def _coloured(area: QPlainTextEdit, scheme: Tokens) -> bool:
    return scheme.rule in area.verticalScrollBar().styleSheet()


def test_a_pane_inside_another_keeps_its_line_when_the_scheme_changes(
    qapp: QApplication, shown: Any
) -> None:
    outer = QWidget()
    theme.dress(outer, "page")
    inner = QWidget(outer)
    theme.dress(inner, "pane-bottom")
    inner.setGeometry(0, 0, 100, 40)
    shown(outer, 100, 60)
    for name, scheme in (("dark", DARK), ("light", LIGHT)):
        theme.apply(qapp, name)
        for widget in (inner, outer):  # in whichever order they come
            theme.dress(widget, str(widget.property("dress")))
        assert at(outer, 50, 39) == QColor(scheme.rule)

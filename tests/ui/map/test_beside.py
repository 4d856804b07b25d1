from __future__ import annotations

from math import log
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from stage.ui.map.beside import Beside, named, told
from stage.ui.map.canvas import Canvas
from stage.ui.map.layout import lay_out
from stage.ui.map.shades import MODES, Shades
from tests.ui.map.test_layout import spots


@pytest.fixture
def beside(shown: Any) -> Beside:
    canvas = shown(Canvas(), 500, 400)
    made = [each._replace(speaker="ada") for each in spots([0, 0, 0, 1])]
    made[1] = made[1]._replace(model="base", tokens=2, nats=2 * log(4), length=12, rating=3)
    canvas.show_layout(lay_out(made), Shades(MODES[0], {"ada": (0, "Ada")}))
    found = shown(Beside(canvas), 230, 700)
    found.canvas = canvas
    return found


def said(beside: Beside) -> list[str]:
    return [each.text() for each in beside.findChildren(QLabel) if each.isVisible()]


def test_what_is_counted_of_a_line_is_said_with_its_unit(beside: Beside) -> None:
    beside._canvas.choose(1)
    beside.show_line("<b>Well</b>")
    rows = said(beside)
    for row in ("Ada, turn 1", "base", "3", "1 of 3, 33\u00a0% [6.1,\u00a079.2]", "25 % a token",
                "12 characters, 2 tokens", "3 of 5", "<b>Well</b>"):  # fmt: skip
        assert row in rows
    assert beside.stand.isVisible()


def test_what_is_not_known_is_said_to_be_unknown(beside: Beside) -> None:
    layout = beside._canvas.picture.layout
    layout.spots[1] = layout.spots[1]._replace(nats=None)
    assert "Model says: unknown" in told(beside._canvas.picture, 1)
    layout.spots[1] = layout.spots[1]._replace(running=True)
    assert "Model says: still speaking" in told(beside._canvas.picture, 1)
    assert "Model says" not in told(beside._canvas.picture, 3), "typed"


def test_without_a_line_there_is_a_sentence_and_the_scene_has_a_name(beside: Beside) -> None:
    beside.show_line("")
    assert "No line is chosen." in said(beside)
    assert not beside.stand.isVisible()
    assert told(beside._canvas.picture, 0) == named(beside._canvas.picture, 0) == "the scene"


def test_comparing_is_offered_from_two_lines_on(beside: Beside) -> None:
    beside.show_picked(["a"])
    assert not beside.compare.isVisible()
    assert "One line taken; take another to compare." in said(beside)
    beside.show_picked(["a", "b", "c"])
    assert beside.compare.isVisible()
    assert beside.compare.text() == "Compare 3 branches"

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stage.ui.views import VIEWS
from stage.ui.window.rail import Rail


def test_every_view_has_its_place_with_a_name(shown: Any) -> None:
    rail = shown(Rail(), 70, 600)
    assert list(rail.places) == [*VIEWS.names]
    for view, place in rail.places.items():
        assert place.accessibleName() == view.capitalize()
        words = place.fontMetrics().horizontalAdvance(place.text())
        assert place.width() >= words, "the word is cut"


def test_a_click_or_the_space_bar_asks_for_a_view(shown: Any) -> None:
    rail = shown(Rail(), 70, 600)
    wanted: list[str] = []
    rail.wanted.connect(wanted.append)
    QTest.mouseClick(rail.places["stage"], Qt.MouseButton.LeftButton)
    QTest.keyClick(rail.places["stage"], Qt.Key.Key_Space)
    assert wanted == ["stage", "stage"]


def test_only_the_place_where_one_is_is_marked(shown: Any) -> None:
    rail = shown(Rail(), 70, 600)
    for view in VIEWS.names:
        rail.mark(view)
        assert [name for name, place in rail.places.items() if place.isChecked()] == [view]


def test_with_little_room_air_goes_first_and_then_the_drawings(shown: Any) -> None:
    rail = shown(Rail(), 70, 900)
    places = list(rail.places.values())
    roomy = places[0].sizeHint().height()
    degrees = []
    for high in (900, len(places) * (roomy - 6), len(places) * (roomy - 30)):
        rail.resize(70, high)
        degrees.append(places[0].tight)
        assert {place.tight for place in places} == {degrees[-1]}
        assert places[-1].sizeHint().height() <= roomy
        rail.grab()
    assert degrees == [0, 1, 2]

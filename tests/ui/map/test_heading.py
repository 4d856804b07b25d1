from __future__ import annotations

from typing import Any

import pytest

from stage.ui.map.heading import SIDE_BY_SIDE, Heading
from stage.ui.map.shades import MODES


@pytest.fixture
def heading(shown: Any) -> Heading:
    return shown(Heading(), 900, 50)


def test_every_way_to_colour_can_be_asked_for(heading: Heading) -> None:
    wanted: list[str] = []
    heading.mode.connect(wanted.append)
    for segment in heading.segments.values():
        segment.click()
    for entry in heading._menu.actions():
        entry.trigger()
    assert wanted == [each.id for each in MODES]


def test_the_one_that_is_on_is_marked(heading: Heading) -> None:
    for mode in MODES:
        heading.show_mode(mode.id)
        on = [name for name, each in heading.segments.items() if each.isChecked()]
        apart = mode in MODES[:SIDE_BY_SIDE]
        assert on == ([mode.id] if apart else [])
        assert heading.more.isChecked() != apart
        assert apart or mode.title in heading.more.text()


def test_the_zoom_is_said(heading: Heading) -> None:
    heading.show_zoom(0.374)
    assert heading.natural.text() == "37 %"
    heading.show_zoom(0.0002)
    assert heading.natural.text() == "< 1 %"
    assert heading.natural.accessibleName() == "Natural size; now < 1 %"

from __future__ import annotations

from typing import Any

import pytest

from stage.ui.desk.desk import Desk
from stage.ui.views import VIEWS


@pytest.mark.parametrize("name", VIEWS.names)
def test_every_view_is_built_and_named_by_its_module(desk: Desk, shown: Any, name: str) -> None:
    view = VIEWS[name]
    assert view.id == name
    assert view.sides <= {"left", "right"}
    widget = shown(view.build(desk), 700, 600)
    least = widget.minimumSizeHint()
    assert least.width() <= 960, "the smallest window has no room for it"
    assert least.height() <= 560


@pytest.mark.parametrize("name", VIEWS.names)
def test_every_view_stands_an_empty_window(desk: Desk, shown: Any, name: str) -> None:
    desk.session.show(None)
    shown(VIEWS[name].build(desk), 700, 600)

from __future__ import annotations

from stage.ui.desk.desk import Desk
from stage.ui.lens.view import LensView
from stage.ui.views import VIEWS


def test_the_lens_stands_alone(desk: Desk, shown: object) -> None:
    view = VIEWS["lens"]
    assert view.sides == frozenset()
    made = shown(view.build(desk), 900, 600)  # type: ignore[operator]
    assert isinstance(made, LensView)
    assert made.beginning is made.form.text

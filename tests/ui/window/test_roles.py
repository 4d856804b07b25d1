"""What paints itself has a role of its own for those who do not see it."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QAccessible

from stage.ui.map.canvas import Canvas
from stage.ui.window import roles


def test_the_map_is_a_canvas_with_its_name(qapp: Any) -> None:
    roles.install()
    canvas = Canvas()
    found = QAccessible.queryAccessibleInterface(canvas)
    assert found.role() == QAccessible.Role.Canvas
    assert found.text(QAccessible.Text.Name) == canvas.accessibleName()

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from stage.ui.desk.desk import Desk
from stage.ui.views import VIEWS
from stage.ui.widgets.buttons import Segment
from stage.ui.widgets.labels import label
from stage.ui.widgets.titlerow import title_font, title_row, together
from stage.ui.window.panes import Panes


def test_title_and_choices_stand_at_the_ends(shown: Any) -> None:
    pane = QWidget()
    row = title_row(pane)
    title = label("A view", font=title_font())
    one, other = Segment("One", "One", pane), Segment("Other", "Other", pane)
    row.addWidget(title)
    row.addStretch(1)
    row.addLayout(together((one, other)))
    shown(pane, 500, pane.height())
    assert title.x() == 18
    assert other.geometry().right() == pane.width() - 19
    assert other.x() - one.geometry().right() == 3
    assert one.height() == other.height() < pane.height()


def test_the_titles_of_all_views_begin_at_one_place(desk: Desk, shown: Any) -> None:
    panes = shown(Panes(desk), 1280, 700)
    found = {}
    for view in VIEWS:
        panes.go(view.id)
        panes.grab()
        page = panes.view(view.id)
        rows = [
            (each.mapTo(page, QPoint()).y(), each.height())
            for each in page.findChildren(QWidget)
            if each.isVisible() and each.property("dress") == "pane-bottom" and each.layout()
        ]
        found[view.id] = min(rows)
    assert set(found.values()) == {(0, found["stage"][1])}

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QWidget

from stage.ui.widgets.flow import Flow


def test_things_go_on_in_the_next_row(shown: Any) -> None:
    parent = shown(QWidget(), 400, 200)
    flow = Flow(parent, spacing=4)
    labels = [QLabel("some words", parent) for _ in range(6)]
    for each in labels:
        flow.addWidget(each)
        each.show()
    wide = flow.sizeHint().width()
    assert flow.count() == 6
    assert flow.heightForWidth(wide) < flow.heightForWidth(wide // 2)
    flow.setGeometry(QRect(0, 0, wide // 2, 200))
    assert labels[-1].y() > labels[0].y()
    assert flow.itemAt(99) is None
    taken = flow.takeAt(0)
    assert taken is not None
    assert flow.takeAt(99) is None
    taken.widget().deleteLater()
    assert flow.minimumSize().width() < wide
    assert not flow.expandingDirections()
    assert flow.hasHeightForWidth()

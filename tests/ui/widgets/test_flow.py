from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

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


def test_what_was_measured_is_forgotten_when_something_changes(shown: Any) -> None:
    parent = shown(QWidget(), 90, 200)
    column, flow = QVBoxLayout(parent), Flow(spacing=4)
    labels = [QLabel("some words", parent) for _ in range(2)]
    for each in labels:
        flow.addWidget(each)
    column.addLayout(flow)
    column.addStretch(1)

    def laid_out() -> tuple[int, int]:
        for each in labels:
            each.setVisible(each is labels[0] or not hidden)
        QCoreApplication.processEvents()
        return flow.heightForWidth(90), labels[0].width()

    hidden = False
    two_rows, wide = laid_out()
    hidden = True
    one_row, _ = laid_out()
    assert one_row < two_rows
    hidden = False
    assert laid_out() == (two_rows, wide)
    labels[0].setText("some more words, far more")
    assert laid_out()[1] > wide


def test_rows_of_words_may_stand_closer_than_words_do(shown: Any) -> None:
    tall = []
    for between in (None, 0):
        flow = Flow(shown(QWidget(), 400, 200), spacing=10, between=between)
        for each in (QLabel("some words"), QLabel("some words")):
            flow.addWidget(each)
            each.show()
        tall.append(flow.heightForWidth(flow.minimumSize().width()))
    assert tall[0] - tall[1] == 10

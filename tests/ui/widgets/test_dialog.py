"""What dialogs with a question share."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QStackedWidget

from stage.ui.widgets.buttons import Button
from stage.ui.widgets.dialog import Dialog, form
from stage.ui.widgets.scrolled import Scrolled


def test_the_foot_acts_or_cancels_and_fields_stand_behind_their_names(shown: Any) -> None:
    made = Dialog()
    field = QLineEdit(made)
    field.setAccessibleName("Name")
    made.column.addLayout(form([field]))
    act = Button("Keep", primary=True, parent=made)
    cancel = made.add_foot(act)
    act.clicked.connect(made.accept)
    shown(made, 300, 160)
    assert [each.text() for each in made.findChildren(QLabel)] == ["Name"]
    assert act.isDefault()
    assert cancel.geometry().right() < act.geometry().left()
    cancel.click()
    assert made.result() == Dialog.DialogCode.Rejected.value
    made.open()
    act.click()
    assert made.result() == Dialog.DialogCode.Accepted.value


def test_tab_goes_from_above_to_below_whatever_was_made_first(shown: Any) -> None:
    made = Dialog()
    act = Button("Keep", primary=True, parent=made)
    low, left, right, high = (QLineEdit(made) for _ in range(4))
    pages, row = QStackedWidget(made), QHBoxLayout()
    row.addWidget(left)
    row.addWidget(right)
    pages.addWidget(Scrolled(row, made))
    for each in (high, pages, low):
        made.column.addWidget(each)
    cancel = made.add_foot(act)
    shown(made, 300, 300)
    high.setFocus(Qt.FocusReason.OtherFocusReason)
    seen = []
    for _ in range(7):
        seen.append(made.focusWidget())
        QTest.keyClick(made.focusWidget(), Qt.Key.Key_Tab)
    assert seen == [high, left, right, low, cancel, act, high]

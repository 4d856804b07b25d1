"""What dialogs with a question share."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QLineEdit

from stage.ui.widgets.buttons import Button
from stage.ui.widgets.dialog import Dialog, form


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

"""Keys that edit, in a field and elsewhere."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from stage.ui.window.editing import Editing

ALT = Qt.KeyboardModifier.AltModifier


def test_alt_backspace_is_the_fields_while_one_types(qapp: Any, shown: Any) -> None:
    window, deleted = QWidget(), list[str]()
    Editing(qapp, window)

    def gone() -> None:
        deleted.append("branch")

    delete = QAction("Delete the branch", window)
    delete.setShortcut(QKeySequence("Alt+Backspace"))
    delete.triggered.connect(gone)
    window.addAction(delete)
    column = QVBoxLayout(window)
    fields = QLineEdit("two words", window), QPlainTextEdit("two words", window)
    read = QPlainTextEdit("two words", window, readOnly=True)
    for each in (*fields, read, button := QPushButton(window)):
        column.addWidget(each)
    shown(window, 300, 300)
    for field in fields:
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_End)
        QTest.keyClick(field, Qt.Key.Key_Backspace, ALT)
        text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        assert text == "two "
    assert deleted == []
    for place in (read, button):
        place.setFocus()
        QTest.keyClick(place, Qt.Key.Key_Backspace, ALT)
    assert len(deleted) == 2
    assert read.toPlainText() == "two words"

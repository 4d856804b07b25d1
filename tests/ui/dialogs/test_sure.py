from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from stage.ui.dialogs.sure import Sure


def test_enter_does_nothing_dangerous(shown: Any) -> None:
    dialog = shown(Sure("Purge 9 lines?", "Nobody can undo it.", "Purge for good"))
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Rejected.value
    again = shown(Sure("Purge 9 lines?", "Nobody can undo it.", "Purge for good"))
    again.yes.click()
    assert again.result() == QDialog.DialogCode.Accepted.value

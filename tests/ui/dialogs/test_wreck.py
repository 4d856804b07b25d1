"""The dialog of a damaged library names its ways out, and quits with nothing chosen."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QPushButton

from stage.ui.dialogs.wreck import BACKUP, SALVAGE, WreckSheet


@pytest.mark.parametrize(
    ("button", "chosen"), [("Put back", BACKUP), ("Copy what", SALVAGE), ("Quit", "")]
)
def test_each_button_is_a_way_out(shown: Any, button: str, chosen: str) -> None:
    sheet = shown(WreckSheet("library.db", "2026-11-20T10:00:00Z"))
    (found,) = [each for each in sheet.findChildren(QPushButton) if button in each.text()]
    found.click()
    assert sheet.chosen == chosen
    assert sheet.result() == (QDialog.DialogCode.Accepted if chosen else 0)


def test_without_a_backup_none_is_offered(shown: Any) -> None:
    sheet = shown(WreckSheet("library.db", None))
    texts = [each.text() for each in sheet.findChildren(QPushButton)]
    assert texts == ["Quit", "Copy what can be read"]
    assert all(each.accessibleName() for each in sheet.findChildren(QPushButton))

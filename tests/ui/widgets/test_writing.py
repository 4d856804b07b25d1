"""A box of text takes words that are dragged, not files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QApplication

from stage.ui.widgets.writing import Writing
from tests.ui.helpers import dropped


def test_words_are_taken_and_files_are_left(shown: Any, tmp_path: Path) -> None:
    box = shown(Writing(), 200, 80)
    assert not dropped(box.viewport(), tmp_path / "a.json")
    mime = QMimeData()
    mime.setText("Once")
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, button, keys)
    QApplication.sendEvent(box.viewport(), enter)
    assert enter.isAccepted()

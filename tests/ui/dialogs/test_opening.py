from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDialog, QPlainTextEdit

from stage.ui.desk.desk import Desk
from stage.ui.dialogs.sheets import AboutSheet, PromptSheet, ShortcutSheet
from stage.ui.window.window import Window


def open_dialog(window: Window, kind: type[QDialog], loop: Any) -> QDialog:
    def there() -> bool:
        return any(each.isVisible() for each in window.findChildren(kind))

    loop.until(there)
    return next(each for each in window.findChildren(kind) if each.isVisible())


def test_each_action_opens_its_dialog(desk: Desk, shown: Any, loop: Any) -> None:
    window = shown(Window(desk), 1100, 700)
    for open_it, kind in (
        (window.dialogs.about, AboutSheet),
        (window.dialogs.shortcuts, ShortcutSheet),
        (window.dialogs.prompt, PromptSheet),
    ):
        open_it()
        dialog = open_dialog(window, kind, loop)
        if kind is PromptSheet:
            shown_text = dialog.findChild(QPlainTextEdit)
            assert isinstance(shown_text, QPlainTextEdit)
            assert shown_text.toPlainText() == "Ada: First words.\nBen:"
        dialog.reject()
        loop.settle()
        assert not window.findChildren(kind)

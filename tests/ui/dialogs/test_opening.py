from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDialog, QPlainTextEdit

from stage.ui.desk.desk import Desk
from stage.ui.dialogs.new_play import NewPlay
from stage.ui.dialogs.sheets import AboutSheet, PromptSheet, ShortcutSheet
from stage.ui.window.window import Window
from tests.ui.helpers import Part


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


def test_one_is_again_who_one_was_in_the_play_before(
    desk: Desk, part: Part, shown: Any, loop: Any, monkeypatch: Any
) -> None:
    async def new_play(scene: Any) -> Any:
        return part.play

    monkeypatch.setattr(part, "new_play", new_play, raising=False)
    window = shown(Window(desk), 1100, 800)
    window.dialogs.new_play()
    dialog: Any = open_dialog(window, NewPlay, loop)
    loop.until(lambda: dialog.own.add.findText("Iris") >= 0)
    dialog.own.cast("iris")
    dialog.own.be("Rowan", "a deserter")
    dialog.begin.click()
    loop.until(lambda: not window.findChildren(NewPlay))
    window.dialogs.new_play()
    again: Any = open_dialog(window, NewPlay, loop)
    assert (again.own.you.text(), again.own.about.text()) == ("Rowan", "a deserter")
    again.reject()
    loop.settle()

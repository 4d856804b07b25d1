from __future__ import annotations

import asyncio
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from stage.ui.dialogs.asking import ask


def dialogs() -> list[QDialog]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog)]


def test_an_answer_is_awaited_and_the_dialog_goes(loop: Any) -> None:
    dialog = QDialog()

    async def answer() -> int:
        asyncio.get_running_loop().call_later(0.02, dialog.accept)
        return await ask(dialog)

    assert loop.run(answer()) == QDialog.DialogCode.Accepted.value
    loop.settle()
    assert not [each for each in dialogs() if each.isVisible()]


def test_whoever_asks_and_is_cancelled_closes_the_dialog(loop: Any) -> None:
    dialog = QDialog()
    task = loop.loop.create_task(ask(dialog))
    loop.until(dialog.isVisible)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        loop.run(_wait(task))
    loop.settle()
    assert not [each for each in dialogs() if each.isVisible()]


async def _wait(task: asyncio.Task[int]) -> int:
    return await task

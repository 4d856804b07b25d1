"""Dialogs without a loop of their own: open, and await what the user does."""

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog


async def ask(dialog: QDialog) -> int:
    """Show a dialog over its window; returns its result. Cancelling closes it."""
    done: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def finished(result: int) -> None:
        if not done.done():
            done.set_result(result)

    dialog.finished.connect(finished)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.open()
    try:
        return await done
    finally:
        dialog.close()
        dialog.deleteLater()

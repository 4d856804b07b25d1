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
    _bound(dialog)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.open()
    try:
        return await done
    finally:
        dialog.close()
        dialog.deleteLater()


def _bound(dialog: QDialog) -> None:
    """No dialog is larger than the window it stands over."""
    over, resized = dialog.parentWidget(), dialog.testAttribute(Qt.WidgetAttribute.WA_Resized)
    wanted = dialog.size() if resized else dialog.sizeHint()
    if over is not None and wanted != wanted.boundedTo(over.window().size()):
        dialog.resize(wanted.boundedTo(over.window().size()))

"""A damaged library at the front door: ask, then put back a backup or copy what can be read."""

import logging
import os
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from stage.kit import clock
from stage.store.care import keeping, recovering
from stage.store.file.archive import Archive
from stage.store.file.faults import Wrecked
from stage.ui.dialogs.asking import ask
from stage.ui.dialogs.wreck import BACKUP, SALVAGE, WreckSheet

log = logging.getLogger("stage.library")
T = TypeVar("T")


async def rescued(error: Wrecked, over: QWidget | None = None) -> bool:
    """Ask what to do about a damaged library; True when there is one to open again.

    Args:
        over: what the question stands over.

    Raises:
        KnownError: what was chosen cannot be done; the damaged file is where it was.
    """
    made = clock.iso(keeping.made(error.backup)) if error.backup else None
    sheet = WreckSheet(str(error.path), made, over)
    await ask(sheet)
    log.info("a damaged library: %s", sheet.chosen or "left as it is")
    if sheet.chosen == BACKUP and error.backup is not None:
        backup = error.backup
        await _aside(lambda: recovering.put_back(error.path, backup))
    elif sheet.chosen == SALVAGE:
        await _aside(lambda: _salvage(error))
    return bool(sheet.chosen)


def _salvage(error: Wrecked) -> None:
    target = error.path.with_name(f"{error.path.name}.{os.getpid()}.salvaged")
    try:
        recovering.salvage(error.path, target)
        recovering.set_aside(error.path)
        target.rename(error.path)
    finally:
        target.unlink(missing_ok=True)


async def _aside(work: Callable[[], T]) -> T:
    """Do it on a thread of its own: the window's loop goes on."""
    thread = Archive()
    try:
        return await thread.run(work)
    finally:
        thread.close()

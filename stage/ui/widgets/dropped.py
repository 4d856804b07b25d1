"""Files that are dropped on something."""

from PySide6.QtCore import QMimeData


def files(dropped: QMimeData, *endings: str) -> list[str]:
    """The files of this machine in what is dropped; with endings, only those that have one."""
    found = [url.toLocalFile() for url in dropped.urls() if url.isLocalFile()]
    return [each for each in found if not endings or each.lower().endswith(endings)]

"""Files are asked for in one way, each kind of them where the last one of it was."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from stage.ui.desk.saved import Saved

What = Literal["cards", "models", "plays", "scenes", "exports"]
Mode = QFileDialog.FileMode
FOLDERS = "folders"  # what they are kept under
RESERVED = '<>:"/\\|?*'  # of one system or another
LONGEST = 120  # bytes of a name that is proposed; a file's may have 255


class Choosing:
    """Opens choosers, and keeps the folders that were chosen from."""

    def __init__(self, saved: Saved | None = None) -> None:
        """Keep folders beside all else that is kept of the window; None: for now only."""
        self._saved = saved or Saved(None)

    def folder(self, what: What) -> Path | None:
        """Where the last file of a kind was; None where there is no such folder any more."""
        kept = self._saved.get(FOLDERS)
        known = kept.get(what) if isinstance(kept, dict) else None
        return Path(known) if isinstance(known, str) and Path(known).is_dir() else None

    def keep(self, what: What, file: Path) -> None:
        """Remember the folder of a file, or a folder."""
        kept = self._saved.get(FOLDERS)
        folder = file if file.is_dir() else file.parent
        self._saved.put(FOLDERS, {**(kept if isinstance(kept, dict) else {}), what: str(folder)})

    def one(
        self, over: QWidget, what: What, title: str, names: str, chosen: Callable[[str], Any]
    ) -> QFileDialog:
        """Ask for a file that is there; `names` are patterns as Qt has them."""
        chooser = self._chooser(over, what, title, names)
        chooser.setFileMode(Mode.ExistingFile)
        return self._opened(chooser, what, partial(_first, chosen))

    def some(
        self, over: QWidget, what: What, title: str, names: str,
        chosen: Callable[[list[str]], Any],
    ) -> QFileDialog:  # fmt: skip
        """Ask for files that are there."""
        chooser = self._chooser(over, what, title, names)
        chooser.setFileMode(Mode.ExistingFiles)
        return self._opened(chooser, what, chosen)

    def a_folder(
        self, over: QWidget, what: What, title: str, chosen: Callable[[str], Any]
    ) -> QFileDialog:
        """Ask for a folder."""
        chooser = self._chooser(over, what, title, "")
        chooser.setFileMode(Mode.Directory)
        return self._opened(chooser, what, partial(_first, chosen))

    def a_new_one(
        self, over: QWidget, what: What, title: str, names: str, name: str,
        chosen: Callable[[str], Any],
    ) -> QFileDialog:  # fmt: skip
        """Ask where to write; `name` is proposed, its ending is added where there is none."""
        chooser = self._chooser(over, what, title, names)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix(Path(name).suffix.removeprefix("."))
        chooser.selectFile(name)
        return self._opened(chooser, what, partial(_first, chosen))

    def _chooser(self, over: QWidget, what: What, title: str, names: str) -> QFileDialog:
        chooser = QFileDialog(over, title)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        folder = self.folder(what)
        if folder is not None:
            chooser.setDirectory(str(folder))
        if names:
            chooser.setNameFilter(names)
        return chooser

    def _opened(
        self, chooser: QFileDialog, what: What, chosen: Callable[[list[str]], Any]
    ) -> QFileDialog:
        chooser.filesSelected.connect(partial(self._chose, what, chosen))
        chooser.open()
        return chooser

    def _chose(self, what: What, chosen: Callable[[list[str]], Any], files: list[str]) -> None:
        if files:
            self.keep(what, Path(files[0]))
            chosen(list(files))


def _first(chosen: Callable[[str], Any], files: list[str]) -> None:
    chosen(files[0])


def file_name(title: str, usual: str) -> str:
    """A title as a file may be called on any system; `usual` where nothing is left of it."""
    kept = (each if each.isprintable() and each not in RESERVED else " " for each in title)
    plain = " ".join("".join(kept).split()).encode()[:LONGEST].decode(errors="ignore")
    return plain.strip(" .") or usual

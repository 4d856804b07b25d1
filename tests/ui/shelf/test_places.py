from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFileDialog

from stage.ui.desk.desk import Desk
from stage.ui.shelf.places import Places


def test_places_are_the_setting(desk: Desk, shown: Any) -> None:
    made = shown(Places(desk.prefs, desk.choosing), 300)
    made.folders.take_in("/a")
    assert desk.settings.watched == ["/a"]
    desk.prefs.set("watched", ["/b"])
    assert made.folders.paths == ["/b"]
    added: list[list[str]] = []
    made.added.connect(added.append)
    made.file.click()
    (chooser,) = made.findChildren(QFileDialog)
    chooser.filesSelected.emit(["/c.gguf"])
    chooser.close()
    assert added == [["/c.gguf"]]

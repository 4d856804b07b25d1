"""Files may be dropped anywhere on a window of Stage."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from stage.ui.desk.desk import Desk
from stage.ui.window.window import Window
from tests.ui.helpers import dropped


def test_files_land_on_boxes_of_text_and_on_views_apart_too(
    desk: Desk, shown: Any, loop: Any, tmp_path: Path
) -> None:
    window: Window = shown(Window(desk), 1100, 700)
    said, words = list[str](), window.centre.composer.words
    desk.wishes.said.connect(said.append)
    assert dropped(words.viewport(), tmp_path / "none.json")
    loop.until(lambda: len(said) == 1)
    assert words.toPlainText() == ""
    window.panes.part("library")
    assert dropped(window.panes.apart["library"], tmp_path / "none.json")
    loop.until(lambda: len(said) == 2)
    loop.settle()

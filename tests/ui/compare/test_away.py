from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication

from stage.ui.compare.page import Page
from stage.ui.desk.desk import Desk


def test_copy_and_export_take_what_is_shown(
    page: Page, desk: Desk, loop: Any, tmp_path: Path
) -> None:
    said: list[str] = []
    desk.wishes.said.connect(said.append)
    page.away.copy()
    assert "A: stage-chat · transcript · seed 41" in QGuiApplication.clipboard().text()
    desk.compared.set_blind(True)
    page.away.copy()
    assert "chat" not in QGuiApplication.clipboard().text()
    page.away.save(str(tmp_path / "out.csv"))
    assert (tmp_path / "out.csv").read_text("utf-8").startswith("what,")
    page.away.save(str(tmp_path / "none" / "out.csv"))
    assert "cannot be written" in said[-1]
    desk.compared.columns.clear()
    page.away.copy()
    assert "still being read" in said[-1]

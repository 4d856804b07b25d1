from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication

from stage.director.weighing.figures import FEW
from stage.ui.compare.page import Page
from stage.ui.desk.desk import Desk


def test_copy_and_export_take_what_is_shown(
    page: Page, desk: Desk, loop: Any, tmp_path: Path
) -> None:
    said: list[str] = []
    desk.wishes.said.connect(said.append)
    clipboard = QGuiApplication.clipboard()
    page.away.copy()
    loop.until(lambda: "A: stage-chat · transcript · seed 41" in clipboard.text())
    desk.compared.set_blind(True)
    clipboard.clear()
    page.away.copy()
    loop.until(lambda: bool(clipboard.text()))
    assert "chat" not in clipboard.text()
    page.away.save(str(tmp_path / "out.csv"))
    loop.until(lambda: said[-1].startswith("Written"))
    assert (tmp_path / "out.csv").read_text("utf-8").startswith("what,")
    page.away.save(str(tmp_path / "none" / "out.csv"))
    loop.until(lambda: "cannot be written" in said[-1])
    desk.compared.columns.clear()
    page.away.copy()
    assert "still being read" in said[-1]


def test_the_takes_can_be_copied_with_what_is_said_of_their_intervals(
    page: Page, desk: Desk, loop: Any
) -> None:
    said: list[str] = []
    desk.wishes.said.connect(said.append)
    page.away.copy_takes()
    assert said == ["There are no takes to copy."]
    page.top.takes.click()
    loop.until(lambda: bool(desk.tallied.groups))
    page.takes.copy.click()
    text = QGuiApplication.clipboard().text()
    assert "| Takes | 3 |" in text
    shown = {row.said for row in page.takes.strips.rows}
    numbers = [row.split(" | ")[1].rstrip(" |") for row in text.splitlines() if "nats/token" in row]
    assert {each.replace("lines", "takes") for each in numbers} <= shown
    assert FEW in text
    assert "as Markdown" in said[-1]

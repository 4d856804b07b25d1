from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication

from stage.director.weighing.figures import FEW
from stage.kit.errors import KnownError
from stage.play.provenance import Recorded
from stage.ui.compare.page import Page
from stage.ui.desk.desk import Desk
from tests.ui.compare.making import Records


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


def test_after_a_reading_that_failed_it_is_said_why_and_it_is_read_again(
    page: Page, desk: Desk, loop: Any, records: Records, monkeypatch: Any
) -> None:
    said: list[str] = []
    desk.wishes.said.connect(said.append)
    loop.until(lambda: desk.compared.comparison() is not None)

    async def fails(ids: Any) -> list[Recorded]:
        raise KnownError("The disk is gone.")

    monkeypatch.setattr(records, "recorded", fails)
    desk.compared.columns.popitem()
    desk.compared.read()
    loop.until(lambda: bool(desk.compared.trouble))
    shown = [page.numbers.index(2, at).data() for at in range(len(desk.compared.leaves))]
    assert "reading" not in shown
    monkeypatch.undo()
    page.away.copy()
    assert said[-1] == "The disk is gone. The branches are read once more; try again."
    loop.until(lambda: desk.compared.comparison() is not None)
    assert not desk.compared.trouble


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

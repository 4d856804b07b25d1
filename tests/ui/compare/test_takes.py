from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from stage.measures.average import Average
from stage.ui.compare.page import Page
from stage.ui.compare.strips import Strip
from stage.ui.compare.takes import paint_strip
from stage.ui.desk.desk import Desk
from stage.ui.dress.tokens import LIGHT
from tests.ui.helpers import Part


def test_takes_stand_together_by_model(page: Page, desk: Desk, loop: Any) -> None:
    page.top.takes.click()
    loop.until(lambda: bool(desk.tallied.groups))
    assert page.takes.heads.text() == "stage-chat: 3 takes, sampler: unknown"
    assert page.takes.table.isVisible()
    assert page.takes.strips.rowCount() > 8
    assert page.takes.score.isVisible()
    assert "6 scores lacking" in page.takes.state.text()
    page.takes.table.grab()
    table = page.takes.table
    assert sum(table.columnWidth(at) for at in range(4)) == table.viewport().width()


def test_where_no_model_said_anything_a_sentence_says_so(
    page: Page, desk: Desk, loop: Any, part: Part
) -> None:
    part.play.tree.add(replace(part.play.tree["a"], model=None))
    desk.compared.show([])
    desk.session.choose("a")
    page.top.takes.click()
    loop.settle()
    assert page.takes.empty.isVisible()
    assert "No model has said this line" in page.takes.empty.accessibleName()


def test_the_switch_tells_a_branch_and_the_whole_play(page: Page, desk: Desk, loop: Any) -> None:
    page.top.takes.click()
    loop.until(lambda: bool(desk.tallied.groups))
    for scope in ("branch", "play"):
        before = page.takes.heads.text()
        page.takes.scopes[scope].click()
        loop.until(lambda now=before: page.takes.heads.text() not in ("", now))
    assert page.takes.scopes["play"].isChecked()
    assert not page.takes.scopes["line"].isChecked()


def test_a_strip_shows_dots_interval_and_mean(qapp: Any) -> None:
    scheme = LIGHT

    def painted(strip: Strip) -> QImage:
        image = QImage(200, 20, QImage.Format.Format_RGB32)
        image.fill(QColor(scheme.surface))
        painter = QPainter(image)
        paint_strip(painter, QRectF(0, 0, 200, 20), strip, scheme)
        painter.end()
        return image

    whole = painted(Strip(Average(5.0, 8, 2.5, 7.5), (0.0, 10.0), 10.0))
    mark, ink = QColor(scheme.mark), QColor(scheme.text)
    assert whole.pixelColor(70, 10) == mark  # the interval, from a quarter to three
    assert whole.pixelColor(30, 10) != mark
    assert whole.pixelColor(100, 2) == ink  # the mean in the middle
    bare = painted(Strip(Average(5.0, 3), (), 10.0))
    assert bare.pixelColor(70, 10) != mark
    assert bare.pixelColor(100, 2) == ink
    unknown = painted(Strip(None, (), 10.0))
    assert unknown.pixelColor(100, 2) == QColor(scheme.surface)

"""What is painted of a row: nothing over its edges, marks where they belong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from stage.ui.delegates.outline import EDGE, STEP, OutlineRow, chevron, levels, row_height
from stage.ui.dress import fonts, theme
from stage.ui.dress.tokens import LIGHT
from stage.ui.models.outline import FACE, Face

PLAIN = Face("a", "The light as duty", "Ada", 1)


def painted(face: Face, *, wide: int = 240, selected: bool = False) -> QImage:
    model, tall = QStandardItemModel(), row_height()
    item = QStandardItem()
    item.setData(face, FACE)
    model.appendRow(item)
    image = QImage(wide + 40, tall + 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    option = QStyleOptionViewItem()
    option.rect = QRect(20, 20, wide, tall)
    option.palette = theme.palette(LIGHT)
    if selected:
        option.state |= QStyle.StateFlag.State_Selected
    painter = QPainter(image)
    OutlineRow().paint(painter, option, model.index(0, 0))
    painter.end()
    return image


MARKED = replace(
    PLAIN, marks=frozenset({"bookmark", "note", "archive"}), tags=("good", "late"), rating=3,
    count=1234, unread=12, fold="shut",
)  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        MARKED,
        replace(PLAIN, running=1),
        replace(PLAIN, count=7),
        replace(PLAIN, depth=2, bars=(True, False), branch=True),
        replace(PLAIN, marks=frozenset({"hidden"})),
        replace(PLAIN, here=True),
        replace(PLAIN, colour=4),
        replace(PLAIN, model="base"),
    ],
)
def test_every_mark_is_seen(other: Face) -> None:
    assert painted(other) != painted(PLAIN)


@pytest.mark.parametrize("face", [PLAIN, MARKED, replace(MARKED, depth=80, bars=(True,) * 12)])
@pytest.mark.parametrize("wide", [90, 240])
def test_nothing_is_painted_outside_the_row(face: Face, wide: int) -> None:
    image = painted(face, wide=wide, selected=True)
    blank = QImage(image)
    blank.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.fillRect(QRect(20, 20, wide, row_height()), Qt.GlobalColor.white)
    painter.end()
    assert image == blank


def test_branch_lines_never_take_the_title_its_room() -> None:
    deep = replace(PLAIN, depth=900, bars=(True,) * 12)
    assert levels(deep, 240) * STEP <= 240 * 0.4
    assert levels(replace(PLAIN, depth=2, bars=(True, True)), 240) == 2
    where = chevron(replace(PLAIN, depth=1, bars=(True,)), QRect(0, 0, 240, 26))
    assert where.right() < EDGE + STEP


def test_rows_grow_with_the_text(monkeypatch: Any) -> None:
    assert row_height() >= 26
    monkeypatch.setattr(fonts, "POINTS", 2 * fonts.POINTS)
    assert row_height() >= QFontMetrics(fonts.interface()).height() + 4


def test_models_are_told_alike_in_all_rows_and_tags_before_them() -> None:
    chat = replace(PLAIN, model="stage-chat", brief="chat")
    deep = {"depth": 6, "bars": (True,) * 6, "branch": True}
    for face in (chat, replace(chat, **deep)):
        assert painted(face) == painted(replace(face, model="our-chat")), "the pane is narrow"
    assert painted(chat, wide=900) != painted(replace(chat, model="our-chat"), wide=900)
    tagged = replace(chat, **deep, tags=("late",))
    assert painted(tagged) != painted(replace(tagged, tags=()))

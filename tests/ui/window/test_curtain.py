"""The frame that is seen before there is a window, and what it says meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from stage.kit.tasks import spawn
from stage.ui.desk.saved import Saved
from stage.ui.window.curtain import SMALLEST, Curtain, size


@pytest.fixture
def curtain(loop: Any) -> Iterator[Curtain]:
    made = Curtain(Saved(None))
    loop.run(made.draw(), 10)
    yield made
    made.deleteLater()


def test_the_frame_is_drawn_before_anything_is_known(curtain: Curtain) -> None:
    assert curtain.isVisible()
    assert curtain._seen.is_set(), "painted"
    assert (curtain.width(), curtain.height()) >= SMALLEST
    assert curtain._nothing.accessibleName() == "", "what is quick is not talked about"


def test_an_opening_that_lasts_is_said_and_the_window_takes_its_place(
    curtain: Curtain, loop: Any
) -> None:
    curtain.wait()
    loop.until(lambda: "Opening the library" in curtain._nothing.accessibleName())
    window = QWidget(curtain)
    window.setMinimumSize(1100, 700)
    window.setWindowTitle("A play — Stage")
    curtain.rise(window)
    assert curtain.windowTitle() == "A play — Stage"
    window.setWindowTitle("The stairs")
    loop.until(window.isVisible)
    assert not curtain._frame.isVisible()
    assert curtain.windowTitle() == "The stairs"
    assert (curtain.minimumWidth(), curtain.minimumHeight()) == (1100, 700)


def test_who_closes_it_early_sees_it_no_more(curtain: Curtain) -> None:
    asked: list[bool] = []
    curtain.close_wanted.connect(lambda: asked.append(True))
    curtain.close()
    assert asked == [True]
    assert curtain.isHidden()


def test_why_there_is_no_window_stands_until_it_is_read(curtain: Curtain, loop: Any) -> None:
    async def told() -> bool:
        telling = spawn(curtain.tell("No library."), name="tell")
        await asyncio.sleep(0)
        assert curtain._nothing.accessibleName() == "No library."
        assert curtain._nothing.act.isVisible()
        curtain._nothing.act.click()
        await telling
        return curtain.isVisible()

    assert loop.run(told(), 10)


def test_the_window_has_room_on_the_screen_with_its_title_bar(qapp: Any) -> None:
    saved = Saved(None)
    screen = QGuiApplication.primaryScreen().availableSize()
    saved.put("size", [10_000, 10_000])
    assert size(saved).width() == screen.width()
    assert size(saved).height() < screen.height()
    saved.put("size", [500, 400])
    assert (size(saved).width(), size(saved).height()) == (500, 400)


@pytest.mark.parametrize("kept", ["large", [900], [900, "high"], None, 7])
def test_a_size_that_is_none_is_the_usual_one(qapp: Any, kept: Any) -> None:
    saved = Saved(None)
    usual = size(saved)
    saved.put("size", kept)
    assert size(saved) == usual

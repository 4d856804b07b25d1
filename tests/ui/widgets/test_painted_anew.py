"""What is on the screen after small parts were painted is what a whole painting shows."""

from __future__ import annotations

import random
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QApplication

from stage.ui.lanes.ink import Tint
from stage.ui.lanes.transcript import Transcript
from tests.ui.lanes.test_transcript import entry

WORDS = (
    "and", "a", "lighthouse-keeper's", "(I", "said)", "1,000", "x" * 70, "\n", "\n\n",
    "\u6f14\u5287\u3067", "caf\u00e9 \u2014", "e\u0301\u0301", "\U0001f469\u200d\U0001f466",
)  # fmt: skip


class Painted(QObject):
    """The heights of the viewport that are painted."""

    def __init__(self, text: Transcript) -> None:
        super().__init__(text)
        self.tall: list[int] = []
        text.viewport().installEventFilter(self)

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.tall.append(event.rect().height())
        return False


def on_screen(text: Transcript) -> QImage:
    QApplication.processEvents()
    return text.screen().grabWindow(text.winId()).toImage().convertedTo(QImage.Format.Format_RGB32)


def whole(text: Transcript) -> QImage:
    return text.grab().toImage().convertedTo(QImage.Format.Format_RGB32)


@pytest.mark.parametrize("seed", range(3))
def test_a_line_that_grows(shown: Any, seed: int) -> None:
    dice = random.Random(seed)
    made = shown(Transcript(), 300, 420)
    above = [entry(at, "Words that stand above. " * 12, of=2) for at in range(seed * 2)]
    made.show_entries([*above, entry(99, "", running=True)], to_end=True)
    if above:
        made.tint("0", [Tint(at, at + 5, 0.5, at // 5) for at in range(0, 200, 5)], ())
    text = ""
    for number in range(40):
        text += " " + dice.choice(WORDS) * dice.choice((1, 1, 2))
        made.grow(entry(99, text, running=True, pace=f"{number} tok/s"))
        assert on_screen(made) == whole(made), repr(text)


def test_only_its_last_row_is_painted(shown: Any) -> None:
    made = shown(Transcript(), 300, 420)
    text = "Words that were said before.\n" * 6
    made.show_entries([entry(99, text, running=True)], to_end=True)
    QApplication.processEvents()
    painted = Painted(made)
    made.grow(entry(99, text + "More.", running=True))
    QApplication.processEvents()
    area = made._ink.area(0, made._view())
    below = made.viewport().height() - area.bottom()
    assert painted.tall
    assert max(painted.tall) < below + area.height() / 2

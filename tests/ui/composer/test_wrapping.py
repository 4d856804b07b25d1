"""A word of 200,000 characters is laid out at once, and other texts break between words."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QPlainTextEdit

from stage.kit.settings import Settings
from stage.ui.composer.own_words import Words
from stage.ui.composer.wrapping import fill

Mode = QTextOption.WrapMode


def test_only_a_very_long_word_is_broken_anywhere(shown: Any) -> None:
    field = shown(QPlainTextEdit(), 500, 120)
    fill(field, "Words and words. " * 10_000)
    assert field.wordWrapMode() == Mode.WrapAtWordBoundaryOrAnywhere
    started = time.process_time()
    fill(field, "x" * 200_000)
    assert time.process_time() - started < 2.0, "it took six seconds"
    assert field.wordWrapMode() == Mode.WrapAnywhere
    assert len(field.toPlainText()) == 200_000
    fill(field, "")
    assert field.wordWrapMode() == Mode.WrapAtWordBoundaryOrAnywhere


def test_what_is_pasted_or_was_left_in_the_composer_is_looked_at_before(shown: Any) -> None:
    field = shown(Words(Settings(), None), 500, 120)  # type: ignore[arg-type]
    pasted = QMimeData()
    pasted.setText("x" * 200_000)
    started = time.process_time()
    field.insertFromMimeData(pasted)
    field.go_on_with("y" * 200_000)
    assert time.process_time() - started < 2.0
    assert field.wordWrapMode() == Mode.WrapAnywhere
    field.clear()
    assert field.wordWrapMode() == Mode.WrapAtWordBoundaryOrAnywhere

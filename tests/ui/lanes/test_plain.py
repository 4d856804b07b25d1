from __future__ import annotations

from typing import Any

from PySide6.QtGui import QColor, QImage, QTextDocument
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from stage.ui.dress import theme
from stage.ui.lanes.plain import Plain, selected_text


def test_it_loads_nothing_and_copies_characters_only(shown: Any) -> None:
    field = shown(Plain(), 300, 200)
    kind = QTextDocument.ResourceType.ImageResource.value
    assert isinstance(field.loadResource(kind, "file:///etc/hostname"), QImage)
    field.setPlainText("one\n<b>two</b>")
    field.selectAll()
    data = field.createMimeDataFromSelection()
    assert data.formats() == ["text/plain"]
    assert data.text() == "one\n<b>two</b>" == selected_text(field.textCursor())


def test_an_edge_says_that_the_keyboard_is_there(shown: Any) -> None:
    holder = QWidget()
    field, other = Plain(holder), QLineEdit(holder)
    column = QVBoxLayout(holder)
    column.addWidget(field)
    column.addWidget(other)
    shown(holder, 300, 200)

    def edge() -> QColor:
        return field.viewport().grab().toImage().pixelColor(0, 20)

    field.setFocus()
    assert edge() == QColor(theme.tokens(field).mark)
    field.setViewportMargins(60, 0, 60, 0)
    assert edge() != QColor(theme.tokens(field).mark), "a line in the middle of a page is a quote's"
    other.setFocus()
    field.setViewportMargins(0, 0, 0, 0)
    assert edge() != QColor(theme.tokens(field).mark)

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QImage, QTextDocument

from stage.ui.widgets.plain import Plain, selected_text


def test_it_loads_nothing_and_copies_characters_only(shown: Any) -> None:
    field = shown(Plain(), 300, 200)
    kind = QTextDocument.ResourceType.ImageResource.value
    assert isinstance(field.loadResource(kind, "file:///etc/hostname"), QImage)
    field.setPlainText("one\n<b>two</b>")
    field.selectAll()
    data = field.createMimeDataFromSelection()
    assert data.formats() == ["text/plain"]
    assert data.text() == "one\n<b>two</b>" == selected_text(field.textCursor())

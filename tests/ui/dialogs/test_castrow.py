"""A row of a cast that is put together."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

from stage.play.persona import persona
from stage.ui.dialogs.castrow import FACE, CastRow
from stage.ui.widgets.labels import Elided


def picture(width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data.data())


def test_a_picture_is_small_and_what_is_none_is_not_shown(shown: Any) -> None:
    row = shown(CastRow(persona("Ada", description="You keep the light.")), 500, 60)
    for data in (b"", b"no picture", picture(40, 90)[:60]):
        row.show_picture(data)
        assert not row.face.isVisible()
    row.show_picture(picture(300, 500))
    assert row.face.isVisible()
    shot = row.face.pixmap()
    assert (shot.width(), shot.height()) == (FACE, FACE)
    assert "You keep the light." in [each.text() for each in row.findChildren(Elided)]

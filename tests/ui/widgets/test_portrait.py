"""Pictures of personas: small, decoded beside the window, and never from a bomb."""

from __future__ import annotations

import struct
import threading
import zlib
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

from stage.kit import paths
from stage.play.persona import persona
from stage.ui.widgets import portrait
from stage.ui.widgets.portrait import Portrait, middle

SIDE = 40


def picture(width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data.data())


def bomb(width: int, height: int) -> bytes:
    """A few bytes whose head promises many pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = chunk(b"IDAT", zlib.compress(bytes(1 << 20)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + rows + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [
        b"", b"no picture", picture(40, 90)[:60], bomb(60_000, 60_000), bomb(1, 15_000_000),
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', b"GIF89a" + bytes(40),
    ],
    ids=["nothing", "text", "cut off", "bomb", "strip", "svg", "gif"],
)  # fmt: skip
def test_what_is_no_picture_or_too_large_is_not_shown(data: bytes) -> None:
    assert middle(data, SIDE) is None


@pytest.mark.parametrize(("width", "height"), [(300, 500), (500, 300), (3, 3)])
def test_a_picture_becomes_a_square(width: int, height: int) -> None:
    made = middle(picture(width, height), SIDE)
    assert made is not None
    assert (made.width(), made.height()) == (SIDE, SIDE)


def test_it_is_decoded_beside_the_window(
    shown: Any, loop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[str] = []

    def noted(data: bytes, side: int) -> QImage | None:
        threads.append(threading.current_thread().name)
        return middle(data, side)

    monkeypatch.setattr(portrait, "middle", noted)
    folder: Path = paths.personas()
    folder.mkdir(parents=True)
    ada, ben = persona("Ada"), persona("Ben")
    for name in ("ada", "ben"):
        (folder / f"{name}.json").write_text("{}")
    (folder / "ada.png").write_bytes(picture(90, 90))
    face = shown(Portrait(SIDE))
    face.show_of(ada)
    loop.until(face.isVisible)
    assert threads == ["aside"]
    assert face.accessibleName() == "Picture of Ada"
    assert face.pixmap().width() == SIDE
    face.show_of(ben)
    assert not face.isVisible(), "nobody is shown with another's face"
    loop.settle()
    assert not face.isVisible()

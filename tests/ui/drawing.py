"""Pictures of parts of the window, compared with those that were accepted.

They are of one minor version of Qt and of the shipped fonts alone: nothing of the machine's own
is in them. `make goldens` accepts what is drawn now, after a look at it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QSize, qVersion
from PySide6.QtGui import QFont, QGuiApplication, QImage, QRawFont
from PySide6.QtWidgets import QApplication, QWidget

from stage.kit import paths
from stage.ui.dress import fonts

KEPT = Path(__file__).resolve().parents[1] / "pictures"
ACCEPT = "STAGE_ACCEPT_PICTURES"  # in the environment: what is drawn is kept
MINOR = ".".join(qVersion().split(".")[:2])
FAR, SHARE = 8, 0.001  # of 255 in any channel; of all pixels
STEP = 8  # of a channel, in what is kept: files stay small, and two steps are a difference
SHIPPED = {
    "Inter": ("Inter-Regular.otf", QFont.Weight.Normal, False),
    "Noto Serif": ("NotoSerif-Regular.ttf", QFont.Weight.Normal, False),
}


def off(one: QImage, other: QImage) -> float:
    """The share of pixels that differ visibly, 0 to 1; other sizes differ whole."""
    if one.size() != other.size():
        return 1.0
    apart = np.abs(channels(one) - channels(other)).max(axis=2)
    return float((apart > FAR).mean())


def channels(image: QImage) -> Any:
    """Height x width x 4 numbers, 0 to 255."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(plain.constBits(), np.uint8)
    return flat.reshape(plain.height(), plain.width(), 4).astype(np.int16)


def why_not() -> str:
    """Why pictures cannot be compared here, "" where they can."""
    screen = QGuiApplication.primaryScreen()
    if QGuiApplication.platformName() != "offscreen":
        return "pictures are of the offscreen platform"
    if screen.logicalDotsPerInch() != 96 or screen.devicePixelRatio() != 1:
        return "pictures are of 96 dpi at scale 1"
    for family, (file, weight, italic) in SHIPPED.items():
        used = QRawFont.fromFont(QFont(family, 12, weight, italic))
        ours = QRawFont(str(paths.resources() / "fonts" / file), 12)
        if used.fontTable("head") != ours.fontTable("head"):
            return f"another {family} than the shipped one is used"
    if not (KEPT / f"qt-{MINOR}").is_dir() and ACCEPT not in os.environ:
        return f"there are no pictures of Qt {MINOR}; see {KEPT.name}"
    return ""


@contextmanager
def shipped_fonts(patch: pytest.MonkeyPatch, app: QApplication) -> Iterator[None]:
    """Only the shipped families, no hints and no colour fringes that a machine may ask for."""

    def plain(family: str, points: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        made = QFont(family)
        made.setPointSizeF(points)
        made.setWeight(weight)
        made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        made.setStyleStrategy(
            QFont.StyleStrategy.PreferAntialias | QFont.StyleStrategy.NoSubpixelAntialias
        )
        return made

    patch.setattr(fonts, "_interface", lambda points, weight: plain("Inter", points, weight))
    patch.setattr(fonts, "_figures", lambda points: plain("Inter", points))
    patch.setattr(fonts, "_mono", lambda points: plain("Inter", points))
    patch.setattr(fonts, "_spoken", lambda points: plain("Noto Serif", points))
    flashing, before = app.cursorFlashTime(), app.font()
    app.setCursorFlashTime(0)
    app.setFont(fonts.interface())
    yield
    app.setCursorFlashTime(flashing)
    app.setFont(before)


def compare(widget: QWidget, name: str, out: Path) -> None:
    """Compare a shown widget with its picture; what differs is written beside the test's files."""
    drawn = picture(widget)
    kept = KEPT / f"qt-{MINOR}" / f"{name}.png"
    if ACCEPT in os.environ:
        kept.parent.mkdir(parents=True, exist_ok=True)
        drawn.save(str(kept), "PNG", 0)
        return
    share = off(drawn, QImage(str(kept)))
    if share > SHARE:
        drawn.save(str(out / f"{name}.png"))
    assert share <= SHARE, (
        f"{share:.2%} of {name} is drawn otherwise than in {kept}; it is now {out / name}.png. "
        "Look at both; `make goldens` accepts what is drawn now."
    )


def picture(widget: QWidget) -> QImage:
    """What a widget shows, without the mouse or the keyboard on it."""
    holder = QApplication.focusWidget()
    if holder is not None:
        holder.clearFocus()
    QApplication.processEvents()
    widget.grab(widget.rect())  # what is laid out late is laid out now
    drawn = QImage(QSize(widget.size()), QImage.Format.Format_RGB32)
    drawn.fill(widget.palette().color(widget.backgroundRole()))
    widget.render(drawn)
    rough = (channels(drawn) // STEP * STEP).astype(np.uint8)
    wide, tall = drawn.width(), drawn.height()
    return QImage(rough.tobytes(), wide, tall, 4 * wide, drawn.format()).copy()

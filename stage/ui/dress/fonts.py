"""The three families: interface, spoken text, verbatim. Sizes are in points, from 96 dpi pixels."""

from collections.abc import Sequence
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from stage.kit import paths

SERIF = ("Source Serif 4", "Noto Serif", "Georgia", "DejaVu Serif")
MONO = ("JetBrains Mono", "Noto Sans Mono", "DejaVu Sans Mono", "Noto Mono")
SANS = "Inter"
PLAIN = ("DejaVu Sans", "Bitstream Vera Sans", "Sans Serif", "Sans", "")
POINTS = 0.75  # in a pixel at 96 dpi
INTERFACE, SMALL, TINY, TITLE, SPOKEN, VERBATIM = 13.0, 12.0, 11.0, 15.0, 15.5, 12.0


def install(app: QApplication) -> None:
    """Load the shipped fonts and set the interface's own."""
    for file in sorted((paths.resources() / "fonts").glob("*.[ot]tf")):
        QFontDatabase.addApplicationFont(str(file))
    app.setFont(interface())


@cache
def _family(names: Sequence[str], fallback: str) -> str:
    return next((name for name in names if QFontDatabase.hasFamily(name)), fallback)


@cache
def _sans() -> str:
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    # The bare X11 default is wide and coarse; any desktop's own choice is respected.
    return _family((SANS, "DejaVu Sans"), system) if system in PLAIN else system


def interface(size: float = INTERFACE, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The sans of controls and labels; `size` in pixels at 96 dpi."""
    return QFont(
        _interface(size * POINTS, weight)
    )  # a copy: whoever paints asks often, and may change it


def figures(size: float = INTERFACE) -> QFont:
    """The sans with figures of one width, for columns of numbers."""
    return QFont(_figures(size * POINTS))


def heading() -> QFont:
    """Small semibold: headings of panes."""
    font = interface(TINY, QFont.Weight.DemiBold)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.2)
    return font


def spoken(size: float = SPOKEN) -> QFont:
    """The serif of what is said."""
    return QFont(_spoken(size * POINTS))


def mono(size: float = VERBATIM) -> QFont:
    """The fixed width of tokens and prompts."""
    return QFont(_mono(size * POINTS))


@cache
def _interface(points: float, weight: QFont.Weight) -> QFont:
    font = QFont(_sans())
    font.setPointSizeF(points)
    font.setWeight(weight)
    return font


@cache
def _figures(points: float) -> QFont:
    font = QFont(_interface(points, QFont.Weight.Normal))
    if hasattr(font, "setFeature"):
        font.setFeature(QFont.Tag.fromString("tnum"), 1)
    return font


@cache
def _spoken(points: float) -> QFont:
    font = QFont(_family(SERIF, "serif"))
    font.setPointSizeF(points)
    return font


@cache
def _mono(points: float) -> QFont:
    font = QFont(_family(MONO, "monospace"))
    font.setPointSizeF(points)
    font.setStyleHint(QFont.StyleHint.Monospace)
    return font

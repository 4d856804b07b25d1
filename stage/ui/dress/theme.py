"""Colours by name, for light and for dark; knows Qt, nothing of plays."""

from collections.abc import Iterator
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from stage.ui.dress import grounds, sheets
from stage.ui.dress.fitting import Fitting, Later
from stage.ui.dress.tokens import DARK, LIGHT, Tokens
from stage.ui.pacing.painting import paint_later

Role, Group = QPalette.ColorRole, QPalette.ColorGroup


# Okabe-Ito, told apart by most eyes; each has a glyph too (glyphs.py). Never a text colour.
PERSONA_COLOURS = (
    "#009E73",
    "#0072B2",
    "#CC79A7",
    "#E69F00",
    "#D55E00",
    "#56B4E9",
    "#F0E442",
    "#8A8578",
)
NARRATOR = 7
INKS = ("warning",)  # kinds of labels, by the colour of their words
STRONGEST = 0.62  # of a persona's colour behind text; less where the text would lose contrast


def tokens(widget: QWidget) -> Tokens:
    """The scheme a widget is drawn in now."""
    return tokens_of(widget.palette())


def tokens_of(palette: QPalette) -> Tokens:
    """The scheme of a palette."""
    return DARK if palette.color(Role.Window).lightness() < 128 else LIGHT


def persona_colour(index: int) -> QColor:
    """The colour of a member of the cast."""
    return QColor(PERSONA_COLOURS[index % len(PERSONA_COLOURS)])


def side_colour(of: int) -> QColor:
    """The colour of one side of a difference: 1 for the first of two, -1 for the other."""
    return QColor(PERSONA_COLOURS[1 if of > 0 else 4])


def luminance(colour: QColor) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def blend(over: QColor, ground: QColor, share: float) -> QColor:
    """Mix `share` of a colour into a ground."""
    mixed = (
        round(b + (a - b) * share)
        for a, b in zip(over.getRgb()[:3], ground.getRgb()[:3], strict=True)  # type: ignore[index]
    )
    return QColor(*mixed)


def tint(colour: QColor, ground: QColor, text: QColor, strength: float) -> QColor:
    """A ground for text in a persona's colour: as strong as asked, as legible as needed.

    Args:
        colour: the persona's.
        ground: what the text stands on without tint.
        text: the colour of the text.
        strength: 0 to 1.
    """
    share = round(min(1.0, max(0.0, strength)), 2)  # no eye tells more steps apart
    return _tint(colour.rgb(), ground.rgb(), text.rgb(), share)


@cache
def _tint(colour: int, ground: int, text: int, share: float) -> QColor:
    most = _strongest(colour, ground, text)
    return blend(QColor(colour), QColor(ground), most * share)


@cache
def _strongest(colour: int, ground: int, text: int) -> float:
    most, over, under, ink = STRONGEST, QColor(colour), QColor(ground), QColor(text)
    while most > 0.05 and contrast(blend(over, under, most), ink) < 4.6:
        most -= 0.02
    return most


@cache
def palette(scheme: Tokens) -> QPalette:
    """The palette of a scheme for Qt's own controls."""
    made = QPalette()
    roles = {
        Role.Window: scheme.window,
        Role.WindowText: scheme.text,
        Role.Base: scheme.surface,
        Role.AlternateBase: scheme.sunken,
        Role.Text: scheme.text,
        Role.PlaceholderText: scheme.muted,
        Role.Button: scheme.surface,
        Role.ButtonText: scheme.text,
        Role.BrightText: scheme.mark,
        Role.ToolTipBase: scheme.surface,
        Role.ToolTipText: scheme.text,
        Role.Highlight: scheme.selection,
        Role.HighlightedText: scheme.text,
        Role.Accent: scheme.accent,
        Role.Link: scheme.mark,
        Role.LinkVisited: scheme.mark,
        Role.Light: scheme.surface,
        Role.Midlight: scheme.rule,
        Role.Mid: scheme.rule,
        Role.Dark: scheme.rule,
        Role.Shadow: scheme.faint,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        made.setColor(Group.Disabled, role, QColor(scheme.faint))
    return made


def apply(app: QApplication, choice: str, later: Later | None = None) -> None:
    """Draw everything in "light", "dark" or, for "auto", as the desktop is drawn.

    Args:
        later: does in one of the next turns what is not seen now; without it nothing waits.
    """
    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    hints = QGuiApplication.styleHints()
    if choice in schemes:
        hints.setColorScheme(schemes[choice])
    else:
        hints.unsetColorScheme()
    dark = choice == "dark" or (choice == "auto" and hints.colorScheme() == Qt.ColorScheme.Dark)
    scheme = DARK if dark else LIGHT
    app.setPalette(palette(scheme))
    tips = QPalette(palette(scheme))
    tips.setColor(Role.WindowText, QColor(scheme.rule))  # the tooltip's border
    QToolTip.setPalette(tips)
    _redress(app, later)


def _redress(app: QApplication, later: Later | None) -> None:
    """Give every dressed widget the look of the scheme of now; what is seen changes at once."""
    if later is None:
        for widget in filter(_dressed, app.allWidgets()):
            _wear_anew(widget)
        return
    worn = set[QWidget]()
    for window in filter(QWidget.isVisible, app.topLevelWidgets()):
        paint_later(window)
        for widget in filter(_dressed, _seen(window)):
            _wear_anew(widget)
            worn.add(widget)

    def others() -> Iterator[QWidget]:
        return (each for each in app.allWidgets() if _dressed(each) and each not in worn)

    later(lambda: Fitting(others(), _wear_anew, later, app))


def _seen(widget: QWidget) -> Iterator[QWidget]:
    """A widget and all in it that is seen; most of a window is not, and is not looked at."""
    yield widget
    for each in widget.children():
        if isinstance(each, QWidget) and each.isVisible() and not each.isWindow():
            yield from _seen(each)


def _dressed(widget: QWidget) -> bool:
    return bool(widget.property("dress"))


def _wear_anew(widget: QWidget) -> None:
    _wear(widget, str(widget.property("dress")), tokens_of(QApplication.palette()))


@cache
def _ink(colour: str) -> QPalette:
    """The palette of a label that is written in a colour; all else is that of what holds it."""
    made = QPalette()
    made.setColor(Role.WindowText, QColor(colour))
    return made


def dress(widget: QWidget, kind: str) -> None:
    """Give one widget the look of its kind; kept current by `apply`."""
    widget.setProperty("dress", kind)
    _wear(widget, kind, tokens(widget))


def _wear(widget: QWidget, kind: str, scheme: Tokens) -> None:
    if kind in grounds.GROUNDS or kind in grounds.AREAS:
        grounds.lay(widget, kind, scheme, palette(scheme))
        return
    if kind in INKS:
        widget.setPalette(_ink(getattr(scheme, kind)))
        return
    # A plain widget of a class of ours paints its sheet's ground and borders only if told to.
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    widget.setStyleSheet(sheets.KINDS[kind](scheme))

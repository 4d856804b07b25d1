"""Buttons painted by us: flat, rounded, one accent; the shortcut stands beside its button."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

from stage.ui.dress import fonts, theme
from stage.ui.dress.glyphs import paint_disc, strike
from stage.ui.dress.tokens import Tokens

RADIUS = 6

if TYPE_CHECKING:
    _Any = QAbstractButton
else:
    _Any = object


class Literal(_Any):
    """A button whose text is text alone: names of cards and models stand on some."""

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Say it; Qt would make Alt and the letter behind an ampersand a key of the window."""
        super().setText(text)
        self.setShortcut(QKeySequence())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it as the space bar does, in the window as in a dialog."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


class Button(Literal, QPushButton):
    """A flat button; the primary one is filled with the accent."""

    def __init__(self, text: str, *, primary: bool = False, parent: QWidget | None = None) -> None:
        """Make a button that says `text`."""
        super().__init__(parent)
        self._primary = primary
        weight = QFont.Weight.DemiBold if primary else QFont.Weight.Normal
        self.setFont(fonts.interface(weight=weight))
        self.set_text(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard where it is

    def set_text(self, text: str) -> None:
        """Say something else."""
        self.setText(text)
        self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, border, words and, with the keyboard on it, a ring."""
        scheme = theme.tokens(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        ground, edge, ink = self._colours(scheme)
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        if self.hasFocus():
            _ring(painter, QRectF(self.rect()), RADIUS + 1, scheme)
            if self._primary:  # on its own ground the ring alone is not seen
                painter.setPen(QPen(QColor(scheme.on_accent), 1.5))
                painter.drawRoundedRect(box.adjusted(2.5, 2.5, -2.5, -2.5), 4, 4)
        painter.setPen(QColor(ink))
        painter.setFont(self.font())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())

    def _colours(self, scheme: Tokens) -> tuple[str, str, str]:
        if not self.isEnabled():
            return scheme.window, scheme.rule, scheme.faint
        if self._primary:
            ground = scheme.accent_hover if self.underMouse() or self.isDown() else scheme.accent
            return ground, ground, scheme.on_accent
        ground = scheme.sunken if self.isDown() else scheme.surface
        return ground, scheme.faint if self.underMouse() else scheme.rule, scheme.text

    def sizeHint(self) -> QSize:
        """Room for the words and some air."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 32, metrics.height() + 16)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()


class Link(Literal, QAbstractButton):
    """Words that do something: no ground, the accent's colour."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        """Make a link that says `text`."""
        super().__init__(parent)
        self.setFont(fonts.interface(fonts.SMALL))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard where it is
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Say something else."""
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words, underlined under the mouse."""
        scheme = theme.tokens(self)
        painter = QPainter(self)
        font = QFont(self.font())
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(QColor(scheme.mark if self.isEnabled() else scheme.faint))
        left = 3 if self.hasFocus() else 1  # clear of the ring
        painter.drawText(
            self.rect().adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _ring(painter, QRectF(self.rect()), 4, scheme)

    def sizeHint(self) -> QSize:
        """Room for the words."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 6, metrics.height() + 6)


class Chip(Literal, QAbstractButton):
    """A member of the cast as one who may speak next: disc, label, ring when chosen."""

    def __init__(self, text: str, colour: int, parent: QWidget | None = None) -> None:
        """Make a chip for a label and the index of its colour."""
        super().__init__(parent)
        self._colour, self._away = -1, False
        self.setCheckable(True)
        self.setFont(fonts.interface())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard where it is
        self.become(text, colour)

    def become(self, text: str, colour: int) -> None:
        """Stand for another member."""
        if (text, colour) != (self.text(), self._colour):
            self._colour = colour
            self.setText(text)
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def stand_apart(self, said: str) -> None:
        """Say why whom it stands for is not there, "" for one who is."""
        if bool(said) != self._away:
            self._away = bool(said)
            self.setAccessibleDescription(said)
            self.setToolTip(said)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill; a chosen one has a strong ring, one who is away a struck disc."""
        scheme = theme.tokens(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5)
        edge = scheme.faint if self.underMouse() else scheme.rule
        painter.setPen(QPen(QColor(scheme.mark), 1.6) if self.isChecked() else QColor(edge))
        painter.setBrush(QColor(scheme.surface if self.isChecked() else scheme.window))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        disc = QRectF(box.left() + 4, box.center().y() - 8, 16, 16)
        paint_disc(painter, disc, self._colour)
        if self._away:
            strike(painter, disc, QColor(scheme.window), QColor(scheme.text))
        painter.setPen(QColor(scheme.text))
        painter.setFont(self.font())
        words = box.adjusted(26, 0, -10, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            _ring(painter, QRectF(self.rect()), box.height() / 2 + 2, scheme)

    def sizeHint(self) -> QSize:
        """Disc, label and air."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 44, metrics.height() + 13)

    def minimumSizeHint(self) -> QSize:
        """Labels are never cut."""
        return self.sizeHint()


class Segment(Literal, QAbstractButton):
    """One of a few choices that stand side by side.

    Attributes:
        opens: it opens a menu, and is pressed where something of that was chosen.
    """

    opens = False

    def __init__(self, text: str, name: str, parent: QWidget | None = None) -> None:
        """Make a segment; `name` is read aloud."""
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setFont(fonts.interface())
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard where it is

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pressed one on a sunken ground."""
        scheme = theme.tokens(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(QColor(scheme.rule))
        ground = scheme.sunken if self.isChecked() else scheme.surface
        painter.setBrush(QColor(ground if self.isEnabled() else scheme.window))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal)
        painter.setFont(font)
        words = scheme.text if self.isChecked() else scheme.muted
        painter.setPen(QColor(words if self.isEnabled() else scheme.faint))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            _ring(painter, QRectF(self.rect()), RADIUS + 1, scheme)

    def sizeHint(self) -> QSize:
        """Room for the words."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 24, metrics.height() + 12)


def _ring(painter: QPainter, box: QRectF, radius: float, scheme: Tokens) -> None:
    painter.setPen(QPen(QColor(scheme.mark), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), radius, radius)

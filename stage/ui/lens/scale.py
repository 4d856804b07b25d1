"""What the strength of a colour stands for, in a row of swatches between two words."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from stage.ui.dress import fonts, theme
from stage.ui.lanes.ink import Tint, paint_tint
from stage.ui.lens.tinting import FULL
from stage.ui.widgets.labels import plain_tip

SWATCH, GAP, STEPS = 14, 8, 4


class Scale(QWidget):
    """Swatches from weak to strong; from one side to the other for a difference."""

    def __init__(self, parent: QWidget | None = None, *, indent: int = 0) -> None:
        """Show nothing yet; `indent`: what parts it from what stands before it."""
        super().__init__(parent)
        self._indent = indent
        self._low, self._high, self._two = "", "", False
        self.setFont(fonts.interface(fonts.SMALL))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_scale(self, low: str, high: str, *, two: bool = False) -> None:
        """Show swatches between two words; `two`: each word has a side of its own."""
        self._low, self._high, self._two = low, high, two
        self.setAccessibleName(f"{low} \u2013 {high}")
        self.setToolTip("")
        self.updateGeometry()
        self.update()

    def show_mode(
        self, by: str, names: Sequence[str], lacking: str, *, typed: bool = False
    ) -> None:
        """Show what colours stand for.

        Args:
            by: a mode, see `tinting`.
            names: of the models that lines are read by, in the scene's order (see `Sights.models`).
            lacking: what is said where a difference has no second one.
            typed: whether lines that nobody's model said are among them.
        """
        if by != "difference":
            said = self.tr("{0} nats or more").format(f"{FULL[by]:.0f}")
            if typed and len(names) > 1:  # every other line is read by its own model
                said = self.tr("{0}; of typed lines to {1}").format(said, names[0])
            self.show_scale("0", said)
        elif len(names) > 1:
            self.show_difference(names[0], names[1], FULL[by], more=len(names) > 2)
        else:
            self.show_scale(lacking, "")

    def show_difference(self, one: str, other: str, full: float, *, more: bool = False) -> None:
        """Show which of two models something is likelier to, and where a colour is at its full.

        With `more` models than two the first is always one of them; the other is the line's own.
        """
        end, nats = self.tr("{0} +{1} nats"), f"{full:.0f}"
        second = self.tr("its own model") if more else other
        self.show_scale(end.format(one, nats), end.format(second, nats), two=True)
        said = self.tr("Likelier to {0}, or to {1}; the strongest colour: by {2} nats or more")
        if more:
            own = self.tr("the model that said the line (of what {0} said or somebody typed: {1})")
            second = own.format(one, other)
        self.setAccessibleName(said.format(one, second, nats))
        self.setToolTip(plain_tip(self.accessibleName()))

    def _marks(self) -> list[Tint]:
        rising = [at / STEPS for at in range(1, STEPS + 1)]
        if not self._two:
            return [Tint(0, 1, each, 0) for each in (0.0, *rising)]
        ones = [Tint(0, 1, each, 0, 1) for each in reversed(rising)]
        return [*ones, Tint(0, 1, 0.0, 0), *(Tint(0, 1, each, 0, -1) for each in rising)]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint word, swatches, word."""
        scheme = theme.tokens(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.fontMetrics()
        base = (self.height() + metrics.ascent() - metrics.descent()) / 2
        text, ground = QColor(scheme.text), QColor(scheme.surface)
        painter.setPen(QColor(scheme.muted))
        painter.translate(self._indent, 0)
        painter.drawText(QPointF(0, base), self._low)
        left = metrics.horizontalAdvance(self._low) + GAP
        for at, mark in enumerate(self._marks()):
            box = QRectF(left + at * SWATCH, self.height() / 2 - 7, SWATCH - 1, 14)
            colour = theme.side_colour(mark.hue) if mark.hue else QColor(scheme.muted)
            paint_tint(painter, box, theme.tint(colour, ground, text, mark.strength), text, mark)
        painter.setPen(QColor(scheme.muted))
        right = left + len(self._marks()) * SWATCH + GAP - 1
        painter.drawText(QPointF(right, base), self._high)

    def sizeHint(self) -> QSize:
        """Both words and the swatches."""
        metrics = self.fontMetrics()
        said = metrics.horizontalAdvance(self._low) + metrics.horizontalAdvance(self._high)
        wide = self._indent + said + len(self._marks()) * SWATCH + 2 * GAP + 2
        return QSize(wide, max(18, metrics.height()))

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

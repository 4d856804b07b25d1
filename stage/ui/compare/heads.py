"""Headers of the board: a branch in one row above, a turn at the left."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QToolTip, QWidget

from stage.director.weighing.compared import LETTERS
from stage.play.line import Cut, Status
from stage.ui import words
from stage.ui.compare.turns import Turns
from stage.ui.dress import fonts, theme
from stage.ui.widgets.labels import plain_tip

ABOVE, BESIDE = 10, 46  # pixels over facts, and beside them in a column
MOST_ROWS = 3


class Heads(QHeaderView):
    """A letter and the facts of every branch; nothing but the letter while it is blind."""

    def __init__(self, turns: Turns, parent: QWidget) -> None:
        """Stand above a board."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._turns = turns
        self.at = -1
        self._most = 1  # rows of facts
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(60)

    def facts(self, column: int) -> str:
        """Models, frame, seed and title of a branch."""
        compared, play = self._turns.compared, self._turns.compared.play
        if play is None or compared.blind or column >= len(compared.leaves):
            return ""
        known = compared.columns.get(compared.leaves[column])
        if known is None:
            return self.tr("unknown") if compared.trouble else self.tr("reading")
        models = ", ".join(play.title_of(name) for name in known.models)
        frame = words.frame(known.frame) if known.frame else ""
        seed = self.tr("seed {0}").format(known.seed) if known.seed is not None else ""
        parts = (models or self.tr("typed"), frame, seed, known.title)
        return " · ".join(part for part in parts if part)

    def _whole(self, column: int) -> list[str]:
        """The facts, and how its first line was drawn."""
        compared, facts = self._turns.compared, self.facts(column)
        known = compared.columns.get(compared.leaves[column]) if facts else None
        drawn = words.sampler_whole(known.sampler) if known and known.models else ""
        return [each for each in (facts, drawn) if each]

    def rows(self, column: int, wide: int) -> list[str]:
        """The facts in as many rows as they need, MOST_ROWS at most; the last one may be cut.

        The first row leaves room for how the branch was judged.
        """
        metrics = QFontMetrics(fonts.interface(fonts.SMALL))
        judged = metrics.horizontalAdvance(self._beside(column, wide))
        first = wide - judged - 10 if judged else wide
        rows: list[str] = []
        for part in self.facts(column).replace(", ", ",\n").replace(" · ", " ·\n").split("\n"):
            longer = f"{rows[-1]} {part}" if rows else part
            room = wide if len(rows) > 1 else first
            if rows and (metrics.horizontalAdvance(longer.rstrip(" ·,")) <= room
                         or len(rows) == MOST_ROWS):  # fmt: skip
                rows[-1] = longer
            else:
                rows.append(part)
        rows = [row.removesuffix(" ·") for row in rows]
        rooms = [first, *[wide] * (len(rows) - 1)]
        elide = Qt.TextElideMode.ElideRight
        return [metrics.elidedText(*each) for each in zip(rows, [elide] * len(rows), rooms,
                                                          strict=True)]  # fmt: skip

    def fit(self) -> None:
        """Be as high as the facts need in columns as wide as they are now."""
        rows = [self.rows(at, self.sectionSize(at) - BESIDE) for at in range(self.count())]
        most = max(map(len, rows), default=1)
        if most != self._most:
            self._most = most
            self.geometriesChanged.emit()

    def judged(self, column: int) -> str:
        """Rating and preference of a branch."""
        compared = self._turns.compared
        given = compared.rating(column)
        said = [self.tr("{0} of 5").format(given)] if given else []
        if compared.preferred(column):
            said.append(self.tr("preferred"))
        return " · ".join(said)

    def _beside(self, column: int, wide: int) -> str:
        """What stands at the right of the facts: how a branch was judged, shortly if need be."""
        if self.failed(column):
            return self.tr("failed")
        said, given = self.judged(column), self._turns.compared.rating(column)
        metrics = QFontMetrics(fonts.interface(fonts.SMALL))
        return f"{given}/5" if given and metrics.horizontalAdvance(said) > wide / 2 else said

    def failed(self, column: int) -> bool:
        """Whether a branch ends in an error."""
        compared = self._turns.compared
        play = compared.play
        leaf = compared.leaves[column] if column < len(compared.leaves) else ""
        line = play.tree[leaf] if play and leaf in play.tree else None
        return line is not None and (line.status, line.reason) == (Status.INTERRUPTED, Cut.ERROR)

    def set_at(self, column: int) -> None:
        """Mark the column that keys act on."""
        if column != self.at:
            self.at = column
            self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        """Paint letter, facts and, at the right, how the branch was judged."""
        scheme = theme.tokens(self)
        painter.save()
        painter.fillRect(rect, QColor(scheme.surface))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(scheme.rule))
        if logicalIndex:
            edge = QRect(rect.left(), rect.top(), 1, rect.height())
            painter.fillRect(edge, QColor(scheme.rule))
        if logicalIndex == self.at:
            under = QRect(rect.left() + 1, rect.bottom() - 1, rect.width() - 1, 2)
            painter.fillRect(under, QColor(scheme.mark))
        inner = rect.adjusted(14, ABOVE, -12, 0)
        middle = Qt.AlignmentFlag.AlignTop
        strong = fonts.interface(weight=QFont.Weight.Bold)
        painter.setFont(strong)
        painter.setPen(QColor(scheme.text))
        letter = LETTERS[logicalIndex : logicalIndex + 1]
        painter.drawText(inner, middle, letter)
        inner.setLeft(inner.left() + QFontMetrics(strong).horizontalAdvance(letter) + 10)
        painter.setFont(fonts.interface(fonts.SMALL))
        if judged := self._beside(logicalIndex, inner.width()):
            painter.setPen(QColor(scheme.warning if self.failed(logicalIndex) else scheme.text))
            painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, judged)
        painter.setPen(QColor(scheme.muted))
        painter.drawText(inner, middle, "\n".join(self.rows(logicalIndex, inner.width())))
        painter.restore()

    def viewportEvent(self, event: QEvent) -> bool:
        """Say over a branch all that has no room."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            column = self.logicalIndexAt(event.pos())
            said = "\n".join(self._whole(column)) if column >= 0 else ""
            QToolTip.showText(event.globalPos(), plain_tip(said) if said else "", self)
            return True
        return super().viewportEvent(event)

    def sizeHint(self) -> QSize:
        """Room for the rows of facts."""
        high = QFontMetrics(fonts.interface(fonts.SMALL)).lineSpacing() * self._most
        return QSize(super().sizeHint().width(), max(36, high + 2 * ABOVE))


class Gutter(QHeaderView):
    """The number of a turn, and how much of its words all branches share."""

    def __init__(self, turns: Turns, parent: QWidget) -> None:
        """Stand at the left of a board."""
        super().__init__(Qt.Orientation.Vertical, parent)
        self._turns = turns
        self.setMinimumSectionSize(20)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)

    def shared(self, at: int) -> str:
        """How much of a turn's words all branches share, in words."""
        share = self._turns.alike(at)
        if share is None:
            return ""
        if share >= 1.0:
            return self.tr("the same words")
        return self.tr("{0} shared").format(words.percent(share)) if share else ""

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        """Paint the number over what is shared."""
        scheme = theme.tokens(self)
        painter.save()
        painter.fillRect(rect, QColor(scheme.surface))
        row = self._turns.rows[logicalIndex] if logicalIndex < len(self._turns.rows) else None
        if row is not None and row.what == "turn":
            inner = rect.adjusted(18, 12, -8, 0)
            top = Qt.AlignmentFlag.AlignTop
            font = fonts.interface(fonts.SMALL)
            painter.setFont(font)
            painter.setPen(QColor(scheme.text))
            painter.drawText(inner, top, self.tr("Turn {0}").format(row.turn))
            painter.setFont(fonts.interface(fonts.TINY))
            painter.setPen(QColor(scheme.muted))
            below = inner.adjusted(0, QFontMetrics(font).height() + 3, 0, 0)
            painter.drawText(below, top, self.shared(logicalIndex))
        painter.restore()

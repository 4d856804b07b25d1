"""Takes by model: what each take has as a dot, the mean with its interval over it."""

from functools import partial

from PySide6.QtCore import QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from stage.director.weighing.tallying import Group, named
from stage.ui import words
from stage.ui.compare.strips import FIRST, NUMBER, PICTURE, STRIP, WHAT, WHO, Strip, Strips
from stage.ui.compare.tallied import MOST, SCOPES
from stage.ui.compare.turns import Index
from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts, theme
from stage.ui.dress.tokens import Tokens
from stage.ui.widgets.buttons import Link, Segment
from stage.ui.widgets.labels import MUTED, Elided
from stage.ui.widgets.nothing import Either
from stage.ui.widgets.titlerow import together

DOT, BAR, TICK = 5.0, 5.0, 2.0  # pixels: a take, its interval's height, the mean's width
MANY = 200  # takes
LOOK = 100  # milliseconds between two looks at how far the reading is
EXAMPLE = "0.0000 [0.00000, 0.0000] of 888 takes"  # the longest that is likely


class StripPainter(QStyledItemDelegate):
    """Paints words, and strips; a rule parts the measures."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        scheme = theme.tokens_of(option.palette)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect, QColor(scheme.selection))
        if index.data(FIRST) and index.row():
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), QColor(scheme.rule))
        strip: Strip = index.data(STRIP)
        if index.column() == PICTURE:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_strip(painter, QRectF(rect).adjusted(8, 2, -12, -2), strip, scheme)
        else:
            muted = index.column() == WHAT or strip.number is None
            self._words(painter, rect, str(index.data()), scheme.muted if muted else scheme.text)
        painter.restore()

    def _words(self, painter: QPainter, rect: QRect, said: str, ink: str) -> None:
        font = fonts.figures(fonts.SMALL)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        inner = rect.adjusted(18 if rect.left() == 0 else 8, 0, -6, 0)
        elide = Qt.TextElideMode.ElideRight
        shown = QFontMetrics(font).elidedText(said, elide, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, shown)


def paint_strip(painter: QPainter, box: QRectF, strip: Strip, scheme: Tokens) -> None:
    """Paint the takes as dots, the interval as a bar, the mean as a tick."""
    middle, number = box.center().y(), strip.number
    painter.fillRect(QRectF(box.left(), middle - 0.5, box.width(), 1), QColor(scheme.rule))
    if number is None or strip.high <= 0:
        return

    def across(value: float) -> float:
        return box.left() + box.width() * min(1.0, max(0.0, value / strip.high))

    painter.setPen(Qt.PenStyle.NoPen)
    if number.low is not None and number.high is not None:
        bar = QRectF(across(number.low), middle - BAR / 2, 0, BAR)
        bar.setRight(max(across(number.high), bar.left() + 2))
        painter.setBrush(QColor(scheme.mark))
        painter.drawRoundedRect(bar, 2, 2)
    ink = QColor(scheme.text)
    ink.setAlphaF(0.45)
    painter.setBrush(ink)
    places = [across(each) for each in strip.takes]
    if len(places) > MANY:  # dots on one pixel are one
        places = [*{round(each) for each in places}]
    for place in places:
        painter.drawEllipse(QRectF(place - DOT / 2, middle - DOT / 2, DOT, DOT))
    tick = QRectF(across(number.value) - TICK / 2, box.top() + 1, TICK, box.height() - 2)
    painter.fillRect(tick, QColor(scheme.text))


class StripTable(QTableView):
    """The rows of takes."""

    def __init__(self, strips: Strips, parent: QWidget | None = None) -> None:
        """Show the rows of a model."""
        super().__init__(parent)
        self.setModel(strips)
        self.setItemDelegate(StripPainter(self))
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(self.tr("Takes by model"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        high = QFontMetrics(fonts.interface(fonts.SMALL)).height() + 8
        down = self.verticalHeader()
        down.setMinimumSectionSize(high)
        down.setDefaultSectionSize(high)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        theme.dress(self, "board")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words get what they need, the picture the rest."""
        super().resizeEvent(event)
        metrics, wide = QFontMetrics(fonts.figures(fonts.SMALL)), self.viewport().width()
        what = min(metrics.averageCharWidth() * 34 + 24, wide // 4)
        who = min(metrics.averageCharWidth() * 16 + 14, wide // 6)
        most = max(wide // 3, wide - what - who - 8 * metrics.height())
        number = min(metrics.horizontalAdvance(EXAMPLE) + 20, most)
        for column, width in ((WHAT, what), (WHO, who), (NUMBER, number)):
            self.setColumnWidth(column, width)
        self.setColumnWidth(PICTURE, wide - what - who - number)


class Takes(QWidget):
    """Which takes, how many by whom, what was measured, scores that can be had."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Follow the desk's tallied takes."""
        super().__init__(parent)
        self._desk, self._tallied = desk, desk.tallied
        self.setObjectName("pane")
        theme.dress(self, "page")
        self.strips = Strips(self)
        self.table = StripTable(self.strips, self)
        self._whole = QWidget(self)
        self.body = Either(self._whole, self)
        self.empty = self.body.nothing
        self.empty.wanted.connect(desk.wishes.action)
        self.empty.again.connect(desk.tallied.again)
        small = fonts.interface(fonts.SMALL)
        self.scopes = {
            "line": Segment(self.tr("This line"), self.tr("The takes beside the line"), self),
            "branch": Segment(self.tr("This branch"), self.tr("The line and all under it"), self),
            "play": Segment(self.tr("Whole play"), self.tr("Every take of the play"), self),
        }
        for scope in SCOPES:
            self.scopes[scope].clicked.connect(partial(self._tallied.look, scope))
        self._timer = QTimer(self, interval=LOOK)
        self._timer.timeout.connect(self._show_reading)
        self.heads = Elided(font=fonts.interface(), least=0, parent=self)
        self.state = Elided(font=small, role=MUTED, least=0, parent=self)
        self.score = Link(self.tr("Score them"), self)
        self.score.setAccessibleName(self.tr("Score what other models said"))
        self.score.clicked.connect(desk.tallied.score)
        self.copy = Link(self.tr("Copy"), self)
        self.copy.setAccessibleName(self.tr("Copy the numbers of the takes"))
        self._lay_out()
        desk.tallied.changed.connect(self.refresh)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(18, 8, 14, 8)
        head.setSpacing(14)
        head.addLayout(together(self.scopes.values()))
        head.addWidget(self.heads, 1)
        head.addWidget(self.copy)
        column.addWidget(self.table, 1)
        below = QHBoxLayout()
        below.setContentsMargins(18, 7, 14, 7)
        below.addWidget(self.state, 1)
        below.addWidget(self.score)
        column.addLayout(below)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(self.body, 1)

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [*self.scopes.values(), self.copy, self.table, self.score]

    def refresh(self) -> None:
        """Show what is known by now."""
        if not self.isVisible():
            return
        play, tallied = self._desk.session.play, self._tallied
        there = bool(tallied.groups)
        for scope, segment in self.scopes.items():
            segment.setChecked(scope == tallied.scope)
        (self.body.show_page if there else self.body.show_nothing)()
        self.strips.show_groups(play, tallied.groups)
        if tallied.reading:
            self._timer.start()
        if not there or play is None:
            self.heads.set_text("")
            self._say_none()
            return
        parts = [f"{named(play, each)}: {self._counted(each)}" for each in tallied.groups]
        if tallied.of > MOST:
            newest = self.tr("the newest {0} of {1}")
            parts.append(newest.format(words.number(MOST), words.number(tallied.of)))
        self.heads.set_text("  ·  ".join(parts))
        self._show_state()

    def _counted(self, group: Group) -> str:
        """How many takes, how many of them were given their first tokens, how all were drawn."""
        said = words.count(len(group.takes), "take")
        begun = self.tr("{0}, {1} begun with given tokens")
        said = begun.format(said, words.number(group.begun)) if group.begun else said
        return self.tr("{0}, sampler: {1}").format(said, group.drawn(words.sampler))

    def _say_none(self) -> None:
        tallied = self._tallied
        if tallied.reading:
            self._show_reading()
            return
        said = {
            "line": self.tr("No model has said this line."),
            "branch": self.tr("No model has said anything on this branch."),
            "play": self.tr("No model has said anything in this play."),
        }[tallied.scope]
        below = {
            "line": self.tr("Choose a line that has takes of models."),
            "branch": self.tr("Choose a line that models have gone on from."),
            "play": self.tr("Let somebody speak, then come back."),
        }[tallied.scope]
        if self._desk.session.play is None:
            self.empty.say_no_play()
        elif tallied.trouble:
            self.empty.say_trouble(self.tr("The takes cannot be told."), tallied.trouble)
        else:
            self.empty.say(said, below)

    def _show_reading(self) -> None:
        """How far it is, where nothing else is shown yet."""
        work = self._tallied.work
        if not self._tallied.reading or not self.isVisible():
            self._timer.stop()
        elif not self._tallied.groups:
            done = words.number(work.done), words.number(work.total)
            self.empty.say(self.tr("Reading ..."), self.tr("{0} of {1} takes").format(*done)
                           if work.total else "")  # fmt: skip

    def _show_state(self) -> None:
        scoring = self._desk.compared.weighing.scoring
        lacking = len(self._tallied.unscored())
        said = self.tr("{0} lacking").format(words.count(lacking, "score")) if lacking else ""
        if scoring is not None:
            said = self.tr("{0} of {1} scored").format(*map(words.number, scoring))
        about = self.tr("A dot is a take, the bar a 95 % interval; fewer than 5 takes have none.")
        aged = words.aged_mark() if any(row.aged for row in self.strips.rows) else ""
        self.state.set_text(" ".join(each for each in (about, aged, said) if each))
        self.score.set_text(self.tr("Stop scoring") if scoring else self.tr("Score them"))
        self.score.setVisible(bool(lacking) or scoring is not None)

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks."""
        super().showEvent(event)
        self.refresh()

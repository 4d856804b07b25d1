"""The edges of the window: models at the top right, notices and state at the foot."""

import time
from collections import deque
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from stage.director.events import Storing
from stage.director.memory import memory
from stage.ui import words
from stage.ui.desk.desk import Desk
from stage.ui.desk.states import Standing
from stage.ui.dress import fonts, theme
from stage.ui.dress.tokens import Tokens
from stage.ui.replay.rewind import Rewind
from stage.ui.widgets.labels import MUTED, STRONG, Elided, plain_tip
from stage.ui.window.bubble import Bubble

EDGE = 14
READ, A_LETTER = 8_000, 70  # milliseconds a notice stands at the foot at least; for each letter
MOST = 200  # notices that are kept


class ModelDots(QWidget):
    """A dot, a title and the state of each model of the play."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Follow the shelf."""
        super().__init__(parent)
        self._desk = desk
        self._shown: list[Standing] = []
        self._memory = ""
        self._asked = 0.0  # when memory was last looked at: states change many times a second
        self.setFont(fonts.interface(fonts.SMALL))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        desk.shelf.changed.connect(self.refresh)
        desk.turns.busy_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read the states again."""
        if time.monotonic() - self._asked > 1.0:
            self._asked = time.monotonic()
            self._desk.session.agenda.add(self._look)
        self._show(self._desk.shelf.standings(), self._memory)

    def _look(self) -> None:
        self._show(self._shown, _memory())

    def _show(self, shown: list[Standing], held: str) -> None:
        if (shown, held) == (self._shown, self._memory):
            return
        self._shown, self._memory = shown, held
        told = ", ".join(f"{each.title} {each.words}" for each in self._shown)
        self.setAccessibleName(self.tr("Models: {0}").format(told or self.tr("none")))
        self.setToolTip(plain_tip(told) if told else "")
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint from the right to the left as much as there is room for."""
        scheme, metrics = theme.tokens(self), self.fontMetrics()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        said, held = self._that_fits()
        x = self.width() - EDGE
        wide = metrics.horizontalAdvance(held)
        painter.setPen(QColor(scheme.muted))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(x - wide, 0, wide + 1, self.height()), middle, held)
        x -= wide + 20 if held else 0
        for standing, text in reversed(list(zip(self._shown, said, strict=True))):
            wide = metrics.horizontalAdvance(text)
            painter.setPen(QColor(scheme.muted))
            painter.drawText(QRectF(x - wide, 0, wide + 1, self.height()), middle, text)
            x -= wide + 13
            _dot(painter, QRectF(x, self.height() / 2 - 3.5, 7, 7), standing.phase, scheme)
            x -= 18

    def _that_fits(self) -> tuple[list[str], str]:
        """What is said of each model, and of memory: all, titles alone, or dots alone."""
        whole, titles = [_said(each) for each in self._shown], [each.title for each in self._shown]
        for said, held in ((whole, self._memory), (titles, self._memory), (titles, "")):
            if self._wide(said, held) <= self.width():
                return said, held
        return ["" for _ in self._shown], ""

    def _wide(self, said: Sequence[str], held: str) -> int:
        metrics = self.fontMetrics()
        wide = sum(metrics.horizontalAdvance(text) + 31 for text in said)
        return int(wide + (metrics.horizontalAdvance(held) + 20 if held else 0) + EDGE)

    def sizeHint(self) -> QSize:
        """Room for all models."""
        wide = self._wide([_said(each) for each in self._shown], self._memory)
        return QSize(wide, self.fontMetrics().height() + 12)

    def minimumSizeHint(self) -> QSize:
        """Room for the dots."""
        wide = self._wide(["" for _ in self._shown], "")
        return QSize(wide, self.fontMetrics().height() + 12)


def _memory() -> str:
    known = memory()
    if known is None:
        return ""
    said = words.tr("edges", "{0} of {1} GB")
    return said.format(f"{known.held / 1e9:.1f}", f"{known.whole / 1e9:.0f}")


def _said(standing: Standing) -> str:
    return f"{standing.title} {standing.words}"


def _dot(painter: QPainter, where: QRectF, phase: str, scheme: Tokens) -> None:
    colours = {"ready": scheme.ok, "busy": scheme.ok, "crashed": scheme.warning,
               "missing": scheme.warning}  # fmt: skip
    colour = QColor(colours.get(phase, scheme.faint))
    filled = phase not in ("closed", "missing", "loading")
    painter.setPen(QPen(colour, 1.4))
    painter.setBrush(colour if filled else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(where)


class Foot(QWidget):
    """Where the branch stands in time, a notice, what runs, and whether all is saved.

    Attributes:
        told: every notice of late with its time, the last one last.
        bubble: says the notice whole where there is no room for it.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Follow a desk."""
        super().__init__(parent)
        self._desk = desk
        self.told: deque[tuple[float, str]] = deque(maxlen=MOST)
        self.setObjectName("pane")
        theme.dress(self, "pane-top")
        small = fonts.interface(fonts.SMALL)
        self.setFixedHeight(max(30, QFontMetrics(small).height() + 14))
        self.rewind = Rewind(desk.reel, self)
        self.rewind.used.connect(self._used)
        self.notice = Elided(font=small, parent=self)
        right = Qt.AlignmentFlag.AlignRight
        self._running = Elided(font=small, role=MUTED, align=right, least=240, parent=self)
        self._saved = Elided(font=small, role=MUTED, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(18)
        row.addWidget(self.rewind, 1)
        row.addWidget(self.notice, 1)
        row.addWidget(self._running)
        row.addWidget(self._saved)
        self.bubble = Bubble(self)
        self._timer = QTimer(self, singleShot=True, interval=READ)
        self._timer.timeout.connect(self._read)
        desk.wishes.said.connect(self.say)
        desk.turns.hint.connect(self.say)
        desk.steps.said.connect(self.say)
        desk.turns.busy_changed.connect(self._busy)
        desk.bridge.started.connect(self._busy)
        for said in (desk.bridge.started, desk.turns.typed):
            said.connect(self._read)  # what Ctrl+Z takes back is another thing from now on
        desk.bridge.ended.connect(self._busy)
        desk.bridge.storing.connect(self._storing)
        self._storing(Storing())
        self._busy()

    def say(self, sentence: str) -> None:
        """Show a notice as long as it takes to read it; it is kept."""
        self.notice.set_text(sentence)
        self._room()
        if sentence:
            self.told.append((time.time(), sentence))
            self._timer.start(max(READ, A_LETTER * len(sentence)))

    def _storing(self, event: Storing) -> None:
        said = self.tr("not saved · offline") if event.trouble else self.tr("saved · offline")
        self._saved.setForegroundRole(STRONG if event.trouble else MUTED)
        self._saved.set_text(said)
        if event.trouble:
            self.say(event.trouble)

    def _room(self) -> None:
        self.bubble.say(self.notice.text() if self.notice.cut() else "")

    def _read(self, _: object = None) -> None:
        self.notice.set_text("")
        self.bubble.say("")

    def _used(self) -> None:
        """A branch is moved in on the page of the replay, whose keys go on from there."""
        if self.rewind.scrubber.hasFocus():
            self._desk.wishes.view.emit("replay")
        else:
            self._desk.wishes.action.emit("view-replay")

    def _busy(self) -> None:
        asked, play = self._desk.turns.running, self._desk.session.play
        now = min(asked, len(list(play.tree.running))) if play is not None else 0
        said = [self.tr("{0} running").format(words.number(now))] if now else []
        said += [self.tr("{0} waiting").format(words.number(asked - now))] if asked > now else []
        self._running.set_text(", ".join(said))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What there is room for now is not said twice."""
        super().resizeEvent(event)
        self._room()

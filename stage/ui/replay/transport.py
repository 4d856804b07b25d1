"""The controls of a replay: to its ends, by lines, by tokens, run and rest, place and speed."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from stage.ui.dress import fonts, theme
from stage.ui.replay.player import SPEEDS, Player
from stage.ui.replay.scrubber import STEPS, Scrubber
from stage.ui.widgets.fields import Choice
from stage.ui.widgets.labels import MUTED, Elided

SIDE = 30  # of a button, in pixels


class Key(QAbstractButton):
    """A button with a drawing: triangles that point one way, and bars."""

    def __init__(
        self, name: str, drawing: str, parent: QWidget | None = None, *, primary: bool = False,
        side: int = SIDE,
    ) -> None:  # fmt: skip
        """Draw "<" and ">" as triangles, "|" as bars; `name` is read aloud."""
        super().__init__(parent)
        self._primary, self._side = primary, side
        self._drawing = drawing
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def draw(self, drawing: str, name: str) -> None:
        """Show another drawing, for what it does now."""
        self._drawing = drawing
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the drawing in the middle, a ring with the keyboard on it."""
        scheme = theme.tokens(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(scheme.sunken))
            painter.drawRoundedRect(self.rect(), 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        ink = scheme.mark if self._primary else scheme.text
        painter.setBrush(QColor(ink if self.isEnabled() else scheme.faint))
        wide, middle = 7 * len(self._drawing), self.height() / 2
        left = (self.width() - wide) / 2
        for at, part in enumerate(self._drawing):
            x = left + 7 * at
            if part == "|":
                painter.drawRect(int(x + 2), int(middle - 6), 2, 12)
            else:
                near, far = (x, x + 7) if part == ">" else (x + 7, x)
                corners = [
                    QPointF(near, middle - 6),
                    QPointF(far, middle),
                    QPointF(near, middle + 6),
                ]
                painter.drawPolygon(QPolygonF(corners))
        if self.hasFocus():
            painter.setPen(QPen(QColor(scheme.mark), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._side, self._side)


class Transport(QWidget):
    """Controls of a player, and where it stands in words.

    Attributes:
        keys: the buttons by what they do.
    """

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        """Follow a player."""
        super().__init__(parent)
        self._player = player
        made = {
            "begin": (self.tr("To the beginning"), "|<", player.begin),
            "line back": (self.tr("A line back"), "<<", self._line_back),
            "token back": (self.tr("A token back"), "<", self._token_back),
            "play": (self.tr("Play"), ">", player.toggle),
            "token on": (self.tr("A token on"), ">", self._token_on),
            "line on": (self.tr("A line on"), ">>", self._line_on),
            "end": (self.tr("To the end"), ">|", player.end),
        }
        self.keys: dict[str, Key] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for name, (title, drawing, do) in made.items():
            key = Key(title, drawing, self, primary=name == "play")
            key.clicked.connect(do)
            self.keys[name] = key
            row.addWidget(key)
        self.scrubber = Scrubber(self.tr("Place in the replay"), self)
        self.scrubber.valueChanged.connect(self._dragged)
        self.speed = Choice(self.tr("Speed"), self)
        for speed in SPEEDS:
            self.speed.addItem(f"{speed:g}\u00d7", speed)
        self.speed.activated.connect(self._chose_speed)
        small = fonts.figures(fonts.SMALL)
        self.place = Elided(font=small, role=MUTED, align=Qt.AlignmentFlag.AlignRight, parent=self)
        row.addSpacing(8)
        row.addWidget(self.scrubber, 1)
        row.addSpacing(8)
        row.addWidget(self.place)
        row.addSpacing(8)
        row.addWidget(self.speed)
        player.moved.connect(self.refresh)
        player.turned.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read the player again."""
        player, replay = self._player, self._player.replay
        for part in (*self.keys.values(), self.scrubber, self.speed):
            part.setEnabled(replay is not None)
        drawing, title = ("||", self.tr("Rest")) if player.playing else (">", self.tr("Play"))
        self.keys["play"].draw(drawing, title)
        self.speed.setCurrentIndex(self.speed.findData(player.speed))
        if replay is None:
            self.place.set_text("")
            return
        self.scrubber.stand(player.share)
        said = self.tr("line {0} of {1} · {2} of {3}")
        times = clock(player.seconds), clock(replay.length)
        self.place.set_text(said.format(*replay.counts, *times))

    def _dragged(self, value: int) -> None:
        self._player.seek_share(value / STEPS)

    def _chose_speed(self, index: int) -> None:
        self._player.set_speed(float(self.speed.itemData(index)))

    def _line_back(self) -> None:
        self._player.step(-1, lines=True)

    def _line_on(self) -> None:
        self._player.step(1, lines=True)

    def _token_back(self) -> None:
        self._player.step(-1)

    def _token_on(self) -> None:
        self._player.step(1)


def clock(seconds: float) -> str:
    """Minutes and seconds."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"

"""A ghost line at the end of a lane: greyed, until somebody chooses what becomes of it."""

from functools import partial

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts, theme
from stage.ui.dress.eliding import beginning
from stage.ui.pacing.soon import Soon
from stage.ui.widgets.buttons import Link
from stage.ui.widgets.flow import Flow
from stage.ui.widgets.labels import MUTED, label
from stage.ui.widgets.paragraph import Quoted

NAME = 60  # characters of whom it went on as: what stands before a colon may be anything


class GhostLine(QWidget):
    """What the model of the last line began to say for somebody else, and four choices."""

    def __init__(self, desk: Desk, at: int, parent: QWidget | None = None) -> None:
        """Belong to the lane of an index."""
        super().__init__(parent)
        self._desk, self._at = desk, at
        self._head = label("", font=fonts.heading(), role=MUTED)
        spoken = fonts.spoken(desk.settings.spoken_size)
        spoken.setItalic(True)
        self.said = Quoted(self.tr("What it began to say"), self, font=spoken)
        self.links: dict[str, Link] = {}
        self._head.setWordWrap(True)
        choices = QWidget(self)
        row = Flow(choices, spacing=10, between=0)  # a card is never wider than its lane
        words = {
            "show": self.tr("Finish"), "keep": self.tr("Keep"), "give": self.tr("Give"),
            "fork": self.tr("Both"), "leave": self.tr("Leave"),
        }  # fmt: skip
        for choice, title in words.items():
            link = Link(title, self)
            link.clicked.connect(partial(self._chose, choice))
            self.links[choice] = link
            row.addWidget(link)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 16, 12)
        column.setSpacing(2)
        column.addWidget(self._head)
        column.addWidget(choices)
        column.addWidget(self.said)
        self._soon = Soon(self.refresh, self, agenda=desk.session.agenda)
        desk.cues.changed.connect(self._soon.ask)
        desk.session.lanes_changed.connect(self._soon.ask)
        desk.details.arrived.connect(self._arrived)
        self.refresh()

    def refresh(self) -> None:
        """Show the ghost of the line the lane stands on, if it has one."""
        cues, play = self._desk.cues, self._desk.session.play
        line = cues.haunted(self._at)
        if line is not None and any(
            lane.leaf == line.id for lane in self._desk.session.lanes[: self._at]
        ):
            line = None  # a lane before this one stands on it, and asks
        self.setVisible(line is not None)
        if line is None or play is None:
            return
        ghost = cues.ghost(line.id)
        name, text = self._begun(line.id) if ghost is None else (ghost.over.name, ghost.text)
        who = play.cast(line.id).label_of(line) or ""
        self._head.setText(self.tr("{0}'s model went on as {1}").format(who, name or "..."))
        said = f"{name}: {text}" if name else "..."
        if said != self.said.toPlainText():
            self.said.setPlainText(said)
        self.setAccessibleName(beginning(f"{self._head.text()}: {text}"))
        give = self.tr("Give to {0}").format(name) if name else self.tr("Give")
        self.links["give"].set_text(give)
        self.links["show"].setVisible(ghost is None)
        for link in self.links.values():
            link.setEnabled(not cues.asking and not self._desk.turns.waiting)

    def _begun(self, line_id: str) -> tuple[str, str]:
        """The label the raw text goes on with behind the cut, and what follows it."""
        reading = self._desk.details.get(line_id)
        if reading is None or reading.detail.raw_text is None:
            return "", ""
        rest = reading.detail.raw_text[reading.detail.cut_at or 0 :].strip()
        name, _, text = rest.partition(":")
        return beginning(name.strip(" *[]"), NAME), f"{text.strip()} ..." if text.strip() else "..."

    def _arrived(self, line_id: str) -> None:
        if not self.isHidden():
            self._soon.ask()

    def _chose(self, choice: str) -> None:
        self._desk.session.focus_lane(self._at)
        self._desk.cues.choose(choice)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a ground with a faint edge at the left."""
        scheme = theme.tokens(self)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(scheme.window))
        painter.fillRect(0, 0, self.width(), 1, QColor(scheme.rule))
        painter.fillRect(0, 1, 3, self.height(), QColor(scheme.muted))

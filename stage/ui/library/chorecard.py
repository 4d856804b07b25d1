"""A chore as one sees it: what it is, how far, a way to stop it; at its end what came of it."""

from functools import partial

from PySide6.QtCore import QRectF, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QSizePolicy, QVBoxLayout, QWidget

from stage.ui.desk.chores import Chore, Chores
from stage.ui.dress import fonts, theme
from stage.ui.widgets.buttons import Link
from stage.ui.widgets.labels import MUTED, label

ROWS = 6  # of a report that are seen at once


class Progress(QWidget):
    """A thin bar; where nobody knows how much there is, an empty track."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Start empty; `name` is read aloud."""
        super().__init__(parent)
        self._share: float | None = None
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_share(None)

    def show_share(self, share: float | None) -> None:
        """Show a share of 0 to 1."""
        self._share = share
        told = "" if share is None else f", {round(share * 100)} %"
        self.setAccessibleName(f"{self._name}{told}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the track and what is done."""
        scheme, painter = theme.tokens(self), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(scheme.rule))
        painter.drawRoundedRect(QRectF(self.rect()), 2, 2)
        painter.setBrush(QColor(scheme.accent))
        painter.drawRoundedRect(QRectF(0, 0, self.width() * (self._share or 0.0), 4), 2, 2)

    def sizeHint(self) -> QSize:
        """Thin."""
        return QSize(120, 4)


class ChoreCard(QWidget):
    """One chore.

    Signals:
        opened: the id of the play it made.
    """

    opened = Signal(str)

    def __init__(
        self, chores: Chores, chore: Chore, parent: QWidget | None = None, *, typed: str = ""
    ) -> None:
        """Follow one of some chores; `typed`: what stands in the field above it now."""
        super().__init__(parent)
        self.chore = chore
        self._typed = typed
        self._title = label(chore.title, font=fonts.heading(), role=MUTED)
        self._said = label(wrap=True)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = Progress(chore.title, self)
        self.stop = Link(self.tr("Stop"), self)
        self.open = Link(self.tr("Open it"), self)
        self.close_ = Link(self.tr("Close"), self)
        self.rows = QListView(self)
        self._report = QStringListModel(self)
        self._prepare()
        self._lay_out()
        self.stop.clicked.connect(partial(chores.stop, chore))
        self.close_.clicked.connect(partial(chores.dismiss, chore))
        self.open.clicked.connect(self._open)
        chores.progressed.connect(self.refresh)
        chores.changed.connect(self.refresh)
        self.refresh()

    def _prepare(self) -> None:
        self.rows.setModel(self._report)
        self.rows.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.rows.setUniformItemSizes(True)
        self.rows.setFont(fonts.interface(fonts.SMALL))
        self.rows.setAccessibleName(self.tr("Report"))
        theme.dress(self.rows, "list")
        self.stop.setAccessibleName(self.tr("Stop: {0}").format(self.chore.title))
        self.close_.setAccessibleName(self.tr("Close: {0}").format(self.chore.title))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self._title, 1)
        for each in (self.open, self.stop, self.close_):
            row.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 16, 10)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._said)
        column.addWidget(self.bar)
        column.addWidget(self.rows)

    def offer(self, typed: str) -> None:
        """Let Enter open what was made, unless somebody types in the field since."""
        self.refresh()
        if typed == self._typed:
            self.open.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Say how it stands."""
        chore = self.chore
        on = chore.state in ("running", "stopping")
        self._said.setText(chore.said)
        self.bar.setVisible(on)
        self.bar.show_share(chore.share)
        self.stop.setVisible(on)
        self.stop.setEnabled(chore.state == "running")
        self.close_.setVisible(not on)
        self.open.setVisible(chore.state == "done" and bool(chore.play))
        if list(chore.rows) != self._report.stringList():
            self._report.setStringList(list(chore.rows))
        self.rows.setVisible(bool(chore.rows))
        high = self.rows.sizeHintForRow(0) if chore.rows else 0
        self.rows.setFixedHeight(high * min(ROWS, len(chore.rows)) + 4)
        self.update()

    def _open(self) -> None:
        self.opened.emit(self.chore.play)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a ground with an edge at the left: strong where it went wrong."""
        scheme, painter = theme.tokens(self), QPainter(self)
        painter.fillRect(self.rect(), QColor(scheme.window))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(scheme.rule))
        colours = {"failed": scheme.warning, "done": scheme.ok}
        edge = QColor(colours.get(self.chore.state, scheme.accent))
        painter.fillRect(0, 0, 3, self.height() - 1, edge)

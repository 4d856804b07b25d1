"""System check: what checks of this machine found, with their fixes, and how late the loop was."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from stage.kit.tasks import spawn
from stage.ui.desk.machine import Found, Machine
from stage.ui.dress import fonts, theme
from stage.ui.pacing.probe import STALL, Lateness
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.finding import FoundRow
from stage.ui.widgets.labels import MUTED, heading, label
from stage.ui.widgets.scrolled import Scrolled


class SystemCheck(QDialog):
    """Rows that fill as the checks are made.

    Attributes:
        found: what is shown so far.
    """

    def __init__(self, machine: Machine, parent: QWidget | None = None) -> None:
        """Begin to check at once; the window goes on meanwhile."""
        super().__init__(parent)
        self._machine = machine
        self.found: list[Found] = []
        self.setWindowTitle(self.tr("System check"))
        theme.dress(self, "dialog")
        self.state = label(self.tr("Checking this machine ..."), role=MUTED, wrap=True)
        self._copy = Button(self.tr("Copy"), parent=self)
        self._copy.setAccessibleName(self.tr("Copy what was found"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self._lay_out()
        self._tell_of_the_window()
        self._task = spawn(self._check(), name="system check")
        self.finished.connect(self._ended)

    def _lay_out(self) -> None:
        rows = QVBoxLayout()
        rows.setContentsMargins(0, 0, 8, 0)
        rows.addLayout(self._rows)
        rows.addStretch(1)
        area = Scrolled(rows, self)
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        area.setAccessibleName(self.tr("What was found"))
        close = Button(self.tr("Close"), parent=self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        self._copy.clicked.connect(self._copy_all)
        buttons = QHBoxLayout()
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self.state)
        column.addWidget(area, 1)
        column.addWidget(heading(self.tr("Where things lie")))
        for said in (
            self.tr("Library: {0}").format(self._machine.library),
            self.tr("Logs and crash reports, never sent: {0}").format(self._machine.logs),
        ):
            row = label(said, font=fonts.interface(fonts.SMALL), wrap=True)
            row.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(row)
        column.addLayout(buttons)
        self.resize(640, 560)

    def _tell_of_the_window(self) -> None:
        measured = self._machine.lateness()
        if measured is not None:
            self._add(self._loop(measured))
        if self._machine.crash:
            sentence = self.tr("Stage ended badly last time: {0}").format(self._machine.crash)
            fix = self.tr("Nothing is lost. The report is in the folder of logs.")
            self._add(Found("crash", sentence, fix, "warning"))

    def _loop(self, measured: Lateness) -> Found:
        sentence = self.tr(
            "The window answered within {0} ms half of the time, within {1} ms 99 times of 100, "
            "and {2} ms at worst."
        ).format(*(f"{each:.0f}" for each in (measured.p50, measured.p99, measured.most)))
        if not measured.stalls:
            return Found("window", sentence)
        more = self.tr("It was over {0} ms late {1} times since it opened.")
        said = more.format(f"{STALL:.0f}", measured.stalls)
        if measured.own > STALL / 2:
            fix = self.tr("Close what you do not look at; fewer lanes and shorter plays help.")
        else:
            fix = self.tr("Other programs keep the processor busy: close some, or use fewer cores.")
        return Found("window", f"{sentence} {said}", fix)

    async def _check(self) -> None:
        async for found in self._machine.examine():
            self._add(found)
        wrong = sum(1 for each in self.found if each.fix)
        if wrong:
            said = self.tr("{0} of {1} checks found something to do.")
            self.state.setText(said.format(wrong, len(self.found)))
        else:
            self.state.setText(self.tr("All {0} checks are well.").format(len(self.found)))

    def _add(self, found: Found) -> None:
        self.found.append(found)
        self._rows.addWidget(FoundRow(found, self))

    def _copy_all(self) -> None:
        rows = [f"{each.check}: {each.sentence} {each.fix}".rstrip() for each in self.found]
        QGuiApplication.clipboard().setText("\n".join(rows))

    def _ended(self) -> None:
        self._task.cancel()

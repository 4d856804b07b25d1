"""What panels share that tell of the chosen line."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from stage.ui.desk.desk import Desk
from stage.ui.pacing.soon import Soon


class ChosenPanel(QWidget):
    """Tells of the chosen line, a moment after it is another one, and only while it is seen."""

    def __init__(self, desk: Desk) -> None:
        """Follow the chosen line."""
        super().__init__()
        self._desk = desk
        self._soon = Soon(self._show, self, agenda=desk.session.agenda)
        desk.session.chose.connect(self._soon.ask)
        desk.session.moved.connect(self._moved)

    def _show(self) -> None:
        """Show what is known of it, where somebody sees that."""
        raise NotImplementedError

    def _moved(self, at: int) -> None:
        self._soon.ask()

    def _arrived(self, line_id: str) -> None:
        """More is known of a line."""
        line = self._desk.session.chosen_line()
        if line is not None and line.id == line_id:
            self._soon.ask()

    def showEvent(self, event: QShowEvent) -> None:
        """Once seen, show the chosen line."""
        super().showEvent(event)
        self._show()

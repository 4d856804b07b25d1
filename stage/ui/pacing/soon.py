"""Something done once, a moment after it was asked for any number of times."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from stage.ui.pacing.agenda import Agenda

WAIT = 30  # milliseconds: not seen, but another turn of the loop


class Soon(QTimer):
    """Keeps what many signals cause out of the turn of the loop that they come in."""

    def __init__(
        self,
        do: Callable[[], object],
        parent: QObject,
        wait: int = WAIT,
        agenda: Agenda | None = None,
    ) -> None:
        """Do something later; nothing is waiting yet.

        Args:
            wait: milliseconds.
            agenda: what others do at that moment is done in turn.
        """
        super().__init__(parent, singleShot=True, interval=wait)
        self._do, self._agenda = do, agenda
        self.timeout.connect(self._due)

    def _due(self) -> None:
        if self._agenda is None:
            self._do()
        else:
            self._agenda.add(self._do)

    def ask(self) -> None:
        """Want it done."""
        if not self.isActive():
            self.start()

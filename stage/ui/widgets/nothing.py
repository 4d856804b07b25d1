"""What stands where there is nothing to show: a sentence, perhaps a second one, one action."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stage.ui import fonts, theme
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.labels import MUTED, label


class Nothing(QWidget):
    """Words in the middle of a page.

    Signals:
        wanted: the button was pressed.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        self.setObjectName("pane")
        theme.dress(self, "page")
        self._said = label(font=fonts.spoken(18), wrap=True)
        self._below = label(role=MUTED, wrap=True)
        self.act = Button("", primary=True, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 24, 40, 24)
        column.addStretch(2)
        for each in (self._said, self._below):
            each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(each)
        column.addSpacing(14)
        column.addWidget(self.act, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.act.clicked.connect(self.wanted)

    def say(self, sentence: str, below: str = "", act: str = "") -> None:
        """Say it; `act` is what the button says, "" for none."""
        self._said.setText(sentence)
        self._below.setText(below)
        self._below.setVisible(bool(below))
        self.act.set_text(act)
        self.act.setVisible(bool(act))
        self.setAccessibleName(f"{sentence} {below}".strip())

"""Asks once more before the one act that nobody can undo."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from stage.ui.dress import fonts, theme
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.labels import MUTED, label


class Sure(QDialog):
    """A question, what it means, and two buttons; Enter does nothing dangerous."""

    def __init__(self, question: str, about: str, act: str, parent: QWidget | None = None) -> None:
        """Ask; `act` is what the button says that does it."""
        super().__init__(parent)
        self.setWindowTitle(act)
        theme.dress(self, "dialog")
        self.yes = Button(act, parent=self)
        self.no = Button(self.tr("Cancel"), primary=True, parent=self)
        self.yes.setAutoDefault(False)
        self.no.setDefault(True)
        asked = label(question, font=fonts.interface(fonts.TITLE), wrap=True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.yes)
        buttons.addWidget(self.no)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(asked)
        column.addWidget(label(about, role=MUTED, wrap=True))
        column.addStretch(1)
        column.addLayout(buttons)
        self.setMinimumWidth(480)
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)
        self.no.setFocus()

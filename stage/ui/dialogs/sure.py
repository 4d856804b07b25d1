"""Asks once more before what cannot be undone, or what nobody may have meant."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from stage.ui.dress import fonts, theme
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.labels import MUTED, label


class Sure(QDialog):
    """A question, what it means, and two buttons; Enter does nothing dangerous."""

    def __init__(
        self, question: str, about: str, act: str, parent: QWidget | None = None, *,
        harmless: bool = False,
    ) -> None:  # fmt: skip
        """Ask; `act` is what the button says that does it, by Enter too where it is `harmless`."""
        super().__init__(parent)
        self.setWindowTitle(act)
        theme.dress(self, "dialog")
        self.yes = Button(act, primary=harmless, parent=self)
        self.no = Button(self.tr("Cancel"), primary=not harmless, parent=self)
        usual, other = (self.yes, self.no) if harmless else (self.no, self.yes)
        other.setAutoDefault(False)
        usual.setDefault(True)
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
        usual.setFocus()

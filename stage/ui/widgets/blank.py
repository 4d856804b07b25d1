"""What is seen where there is nothing to show: one sentence and, perhaps, one thing to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stage.ui import fonts, theme
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.labels import label

SIZE = 18  # of the sentence


class Blank(QWidget):
    """A sentence in the middle; `button` is there when it is given a word.

    It may hold the keyboard until there is something that takes it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        self.setObjectName("pane")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.dress(self, "page")
        self.button = Button("", primary=True, parent=self)
        self.sentence = label(font=fonts.spoken(SIZE), wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(self.sentence)
        column.addSpacing(14)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def say(self, sentence: str, action: str = "") -> None:
        """Say a sentence; without an action there is no button."""
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.button.set_text(action)
        self.button.setVisible(bool(action))

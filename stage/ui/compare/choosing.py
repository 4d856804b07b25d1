"""What is seen while fewer than two branches are chosen: a sentence, and what may be compared."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stage.ui import fonts, theme
from stage.ui.compared import Compared
from stage.ui.nearby import Offer
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.labels import MUTED, label


class Choosing(QWidget):
    """Offers what is near the chosen line.

    Signals:
        wanted: the leaves of the branches to be compared.
    """

    wanted = Signal(list)

    def __init__(self, compared: Compared, parent: QWidget | None = None) -> None:
        """Offer nothing yet; `refresh` looks what there is."""
        super().__init__(parent)
        self.setObjectName("pane")
        theme.dress(self, "page")
        self._compared = compared
        self.buttons: list[Button] = []
        self._said = label(font=fonts.spoken(18))
        self._below = label(role=MUTED, wrap=True)
        self._below.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 24, 24, 24)
        self._column.setSpacing(10)
        self._column.addStretch(2)
        self._column.addWidget(self._said, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addWidget(self._below)
        self._column.addSpacing(8)
        self._column.addStretch(3)

    def refresh(self) -> None:
        """Offer what there is now."""
        for old in self.buttons:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = []
        compared = self._compared
        offers = compared.offers()
        if compared.play is None:
            self._say(self.tr("No play is open."), self.tr("Choose one at the stage first."))
        elif len(compared.leaves) == 1:
            self._say(self.tr("One branch is chosen."), self.tr("Choose what to put beside it."))
        elif offers:
            self._say(self.tr("No branches are chosen."),
                      self.tr("Two to six of them stand side by side here."))  # fmt: skip
        else:
            below = self.tr("Another take of a line, or another wording, makes a second one.")
            self._say(self.tr("This play has one branch."), below)
        for offer in offers:
            self._add(offer)

    def _say(self, said: str, below: str) -> None:
        self._said.setText(said)
        self._below.setText(below)

    def _add(self, offer: Offer) -> None:
        words = self.tr("{0}: {1} branches").format(offer.words, len(offer.leaves))
        button = Button(words, primary=not self.buttons, parent=self)
        button.clicked.connect(partial(self.wanted.emit, list(offer.leaves)))
        self._column.insertWidget(
            self._column.count() - 1, button, 0, Qt.AlignmentFlag.AlignHCenter
        )
        self.buttons.append(button)

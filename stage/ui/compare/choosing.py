"""What is seen while fewer than two branches are chosen: a sentence, and what may be compared."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from stage.ui.compare.compared import Compared
from stage.ui.compare.nearby import Offer
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.nothing import Nothing


class Choosing(Nothing):
    """Offers what is near the chosen line.

    Signals:
        chose: the leaves of the branches to be compared.
    """

    chose = Signal(list)

    def __init__(self, compared: Compared, parent: QWidget | None = None) -> None:
        """Offer nothing yet; `refresh` looks what there is."""
        super().__init__(parent)
        self._compared = compared
        self.buttons: list[Button] = []

    def refresh(self) -> None:
        """Offer what there is now."""
        for old in self.buttons:
            self.column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = []
        compared = self._compared
        offers = compared.offers()
        if compared.play is None:
            self.say_no_play()
        elif len(compared.leaves) == 1:
            self.say(self.tr("One branch is chosen."), self.tr("Choose what to put beside it."))
        elif offers:
            below = self.tr("Two to six of them stand side by side here.")
            self.say(self.tr("No branches are chosen."), below)
        else:
            below = self.tr("Another take of a line, or another wording, makes a second one.")
            self.say(self.tr("This play has one branch."), below,
                     self.tr("To the stage"), "view-stage")  # fmt: skip
        for offer in offers:
            self._add(offer)
        self.beginning = next(iter(self.buttons), self.beginning)

    def _add(self, offer: Offer) -> None:
        words = self.tr("{0}: {1} branches").format(offer.words, len(offer.leaves))
        button = Button(words, primary=not self.buttons, parent=self)
        button.clicked.connect(partial(self.chose.emit, list(offer.leaves)))
        self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.buttons.append(button)

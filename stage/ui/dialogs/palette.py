"""The palette: every action by a few letters of its name, with its key and why it is off."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListView, QVBoxLayout, QWidget

from stage.ui.actions.menus import Offer
from stage.ui.delegates.offers import OfferRow
from stage.ui.dress import theme
from stage.ui.models.offers import OffersModel
from stage.ui.widgets.labels import MUTED, label

ROWS = 12
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Field(QLineEdit):
    """Typed into; keys that move go to the list below."""

    def __init__(self, rows: QListView, parent: QWidget) -> None:
        """Move in `rows`."""
        super().__init__(parent)
        self._rows = rows

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand on what moves."""
        if event.key() in _MOVES:
            self._rows.keyPressEvent(event)
        else:
            super().keyPressEvent(event)


class Palette(QDialog):
    """A field over a list.

    Attributes:
        chosen: id of the action wanted, "" for none.
    """

    def __init__(self, offers: Sequence[Offer], parent: QWidget | None = None) -> None:
        """Offer actions."""
        super().__init__(parent)
        self.chosen = ""
        self.setWindowTitle(self.tr("Find an action"))
        theme.dress(self, "dialog")
        self._rows = OffersModel(offers, self)
        self.list = QListView(self)
        self.field = Field(self.list, self)
        self.none = label(self.tr("No action has these letters in its name."), role=MUTED)
        self._prepare()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(self.none, 1, Qt.AlignmentFlag.AlignCenter)
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self._entered)
        self.list.clicked.connect(self._take)
        self._typed("")

    def _prepare(self) -> None:
        self.field.setPlaceholderText(self.tr("A few letters of what you want to do"))
        self.field.setAccessibleName(self.tr("Find an action"))
        theme.dress(self.field, "field")
        self.list.setModel(self._rows)
        self.list.setItemDelegate(OfferRow(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Actions"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.dress(self.list, "list")
        wide = 66 * self.fontMetrics().averageCharWidth() + 80
        self.resize(wide, self.list.sizeHintForRow(0) * ROWS + self.field.sizeHint().height() + 40)
        self.setMinimumSize(320, 200)

    def _typed(self, typed: str) -> None:
        self._rows.find(typed)
        self.list.setCurrentIndex(self._rows.index(0))
        there = self._rows.rowCount() > 0
        self.list.setVisible(there)
        self.none.setVisible(not there)

    def _entered(self) -> None:
        self._take(self.list.currentIndex())

    def _take(self, index: QModelIndex) -> None:
        offer = self._rows.at(index)
        if offer is not None:
            self.chosen = offer.id
            self.accept()

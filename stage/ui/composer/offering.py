"""The commands that go on what is typed after a slash: a list over the words, for keys and mouse.

The keyboard stays in the words. Up and Down go through the list, Tab or Enter takes a command,
Escape puts the list away until something else is typed.
"""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFontMetrics,
    QKeyEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout

from stage.ui.actions.menus import Offer
from stage.ui.composer.commands import begun, commands
from stage.ui.composer.own_words import Words
from stage.ui.delegates.offers import EDGE, GAP, OfferRow
from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts, theme
from stage.ui.models.offers import OffersModel

ROWS = 8  # at most
FRAME = 4  # pixels round the list
_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -ROWS,
    Qt.Key.Key_PageDown: ROWS,
}
_TAKES = (Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Offering(QObject):
    """Watches what is typed, and shows the commands that it may become.

    Attributes:
        rows: what is offered now.
        box: the list in its frame; None while nothing is offered.
    """

    def __init__(self, desk: Desk, words: Words) -> None:
        """Offer nothing before a slash is typed into `words`."""
        super().__init__(words)
        self._desk, self._words = desk, words
        self.rows = OffersModel([], self)
        self.box: QFrame | None = None
        self._list: QListView | None = None
        self._away = ""  # what was typed when the list was put away
        words.textChanged.connect(self._typed)
        words.installEventFilter(self)

    @property
    def shown(self) -> bool:
        """Whether commands are offered now."""
        return self.box is not None and self.box.isVisible()

    def hide(self) -> None:
        """Offer nothing for now. The next list is a new one, in the colours of then."""
        if self.box is not None:
            self.box.hide()
            self.box.deleteLater()
            self.box = self._list = None

    # inside

    def _typed(self) -> None:
        text = self._words.toPlainText() if self._words.document().characterCount() < 40 else ""
        name = begun(self._desk, text)
        if name is None or not self._words.hasFocus() or text == self._away:
            self._away = self._away if text == self._away else ""
            self.hide()
            return
        self._away = ""
        self.rows.put([Offer(each, f"/{each}", "", what, "") for each, what in commands(name)])
        if self.rows.rowCount():
            self._show()
        else:
            self.hide()

    def _show(self) -> None:
        made = self._list or self._make()
        made.setCurrentIndex(self.rows.index(0))
        self._place()
        self._tell()

    def _make(self) -> QListView:
        """The list, in the window that the words stand in."""
        self.box = QFrame(self._words.window())
        self.box.setObjectName("pane")
        self.box.hide()
        theme.dress(self.box, "bubble")
        made = self._list = QListView(self.box)
        made.setModel(self.rows)
        made.setItemDelegate(OfferRow(made))
        made.setUniformItemSizes(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setAccessibleName(self.tr("Commands"))
        theme.dress(made, "list")
        made.clicked.connect(self._take)
        column = QVBoxLayout(self.box)
        column.setContentsMargins(FRAME, FRAME, FRAME, FRAME)
        column.addWidget(made)
        return made

    def _place(self) -> None:
        """Right over the words, as wide as the offers, as tall as there is room for."""
        box, words, made = self.box, self._words, self._list
        if box is None or made is None:
            return
        window = words.window()
        if box.parentWidget() is not window:  # the view has a window of its own now
            box.setParent(window)
        own, small = QFontMetrics(fonts.interface()), QFontMetrics(fonts.interface(fonts.SMALL))
        offers = [self.rows.at(self.rows.index(at)) for at in range(self.rows.rowCount())]
        name = max(own.horizontalAdvance(each.words) for each in offers if each)
        what = max(small.horizontalAdvance(each.keys) for each in offers if each)
        bar = made.verticalScrollBar().sizeHint().width()
        wide = name + what + 2 * EDGE + 2 * GAP + 2 * FRAME + bar
        corner = words.mapTo(window, QPoint(0, 0))
        tall = made.sizeHintForRow(0) * min(ROWS, len(offers)) + 2 * FRAME + 2
        tall = min(tall, max(corner.y() - FRAME, made.sizeHintForRow(0) + 2 * FRAME + 2))
        wide = min(wide, window.width() - corner.x())
        box.setGeometry(corner.x(), max(0, corner.y() - FRAME - tall), wide, tall)
        box.show()
        box.raise_()

    def _tell(self) -> None:
        """Let a screen reader say the command one would take: the keyboard is in the words."""
        if self._list is None or not QAccessible.isActive():
            return
        index = self._list.currentIndex()
        told = index.data(Qt.ItemDataRole.AccessibleTextRole)
        place = self.tr("{0}, {1} of {2}").format(told, index.row() + 1, self.rows.rowCount())
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._words, place))

    def _move(self, by: int) -> None:
        if self._list is not None:
            last = self.rows.rowCount() - 1
            at = min(last, max(0, self._list.currentIndex().row() + by))
            self._list.setCurrentIndex(self.rows.index(at))
            self._tell()

    def _take(self, index: QModelIndex) -> None:
        """Have a command typed whole; what is to be said by it comes after a blank."""
        offer = self.rows.at(index)
        if offer is None:
            return
        self._away = offer.words
        self._words.selectAll()
        self._words.insertPlainText(offer.words)
        self._words.moveCursor(QTextCursor.MoveOperation.End)
        self.hide()

    def _pressed(self, event: QKeyEvent) -> bool:
        """Do what a key does to the list; whether it does anything to it."""
        if self._list is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._move(_STEPS[key])
        elif key in _TAKES:
            offer = self.rows.at(self._list.currentIndex())
            whole = offer is not None and offer.words == self._words.toPlainText()
            if whole and key != Qt.Key.Key_Tab and self._desk.settings.enter_speaks:
                self.hide()
                return False
            self._take(self._list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self._away = self._words.toPlainText()
            self.hide()
        else:
            return False
        return True

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:
        """Keys go to the list while there is one; it goes where the words are left."""
        if not self.shown:
            return False
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()  # else it would stop a line that is being said
                return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event)
        elif event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.Resize):
            self.hide()
        return False

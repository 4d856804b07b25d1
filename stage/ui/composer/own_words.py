"""Where one's own words are typed."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QWidget

from stage.kit.settings import Settings
from stage.ui.actions import keys
from stage.ui.dress import fonts, theme
from stage.ui.widgets.typed import Typed


class Words(Typed):
    """Where one's own words are typed: plain text, as tall as it needs to be.

    Signals:
        done: Enter was pressed, and speaks.
        left: Escape was pressed, and nothing is there for it to stop. Not where Enter speaks: a
            line that ends just before one stops it would send what is typed next to plain letters.

    Attributes:
        leaves: whether Escape leaves it; while a line is being said, it stops that line.
        rows: how many it shows at least and at most.
        goes_on: whether they go on a text that ends without a blank: the first word brings one,
            seen and to be taken away, since what is typed is joined as it stands.
    """

    done = Signal()
    left = Signal()

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        """Set in the serif of spoken text."""
        super().__init__(parent)
        self._settings = settings
        self.leaves = True
        self.goes_on = self._brought = False
        self.rows = (2, 6)
        self.setFont(fonts.spoken(settings.spoken_size))
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Your own words"))
        self.document().setDocumentMargin(5)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.dress(self, "text")
        self._fit()

    def begin_anew(self) -> None:
        """The words are said; room for others."""
        self.clear()
        self._brought = False

    def go_on_with(self, text: str) -> None:
        """Show what was typed before, the caret behind it."""
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def show_rows(self, least: int, most: int) -> None:
        """Be so tall at least, and at most."""
        self.rows = (least, most)
        self._fit()

    def _fit(self) -> None:
        least, most = self.rows
        rows = min(most, max(least, int(self.document().size().height())))
        self.setFixedHeight(rows * self.fontMetrics().lineSpacing() + 22)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _acts(self, event: QKeyEvent) -> bool:
        """Whether a key does something else as long as nothing is typed."""
        pressed = QKeySequence(event.keyCombination()).toString().removeprefix("Num+")
        return pressed in keys.preset(self._settings.keys).empty

    def event(self, event: QEvent) -> bool:
        """Undo and redo are the play's where there is nothing of one's own to take back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            mine, usual = self.document(), QKeySequence.StandardKey
            back = event.matches(usual.Undo) and not mine.isUndoAvailable()
            if back or (event.matches(usual.Redo) and not mine.isRedoAvailable()):
                event.ignore()
                return False
            if mine.isEmpty() and self._acts(event):
                event.ignore()
                return False
            if self.leaves and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter makes a new row, or speaks where that is preferred; Escape leaves."""
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier,
        )  # fmt: skip
        if (
            self._settings.enter_speaks
            and plain
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self.done.emit()
            return
        if event.key() == Qt.Key.Key_Escape:
            if not self._settings.enter_speaks:
                self.left.emit()
            return
        self._bring(event.text())
        super().keyPressEvent(event)

    def _bring(self, typed: str) -> None:
        """Bring the blank before a first word, once: whoever takes it away means it."""
        lacking = self.goes_on and not self._brought and self.document().isEmpty()
        if lacking and typed[:1].isalnum():
            self._brought = True
            self.insertPlainText(" ")

    def sizeHint(self) -> QSize:
        """As tall as its rows."""
        return QSize(200, self.height())

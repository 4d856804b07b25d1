"""Asks for a text: a row for a name, or a page for a note or another wording."""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QWidget

from stage.ui.dress import fonts, theme
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.dialog import Dialog
from stage.ui.widgets.fields import Check
from stage.ui.widgets.labels import MUTED, label
from stage.ui.widgets.typed import ROW, Typed


class AskText(Dialog):
    """A title, a sentence, a field, perhaps a box to tick, two buttons. Ctrl+Enter accepts."""

    def __init__(
        self,
        title: str,
        about: str,
        text: str = "",
        *,
        page: bool = False,
        also: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Ask for a text, beginning with `text`; `page` gives it several rows.

        Args:
            also: what a box below the text offers, "" for no box.
        """
        super().__init__(parent, spacing=10)
        self.setWindowTitle(title)
        self.field = self._page(text) if page else self._row(text)
        self.field.setAccessibleName(title)
        self.keep = Button(self.tr("Keep"), primary=True, parent=self)
        self.column.addWidget(label(about, role=MUTED, wrap=True))
        self.column.addWidget(self.field, 1 if page else 0)
        self.also = Check(also, self)
        self.also.setVisible(bool(also))
        self.column.addWidget(self.also)
        self.column.addStretch(0 if page else 1)
        self.add_foot(self.keep)
        self.setMinimumWidth(520)
        self.keep.clicked.connect(self.accept)

    def text(self) -> str:
        """What was typed."""
        field = self.field
        return field.toPlainText() if isinstance(field, Typed) else field.text()

    def _row(self, text: str) -> QLineEdit:
        made = QLineEdit(self, maxLength=max(ROW, len(text)))
        made.setText(text)
        theme.dress(made, "field")
        made.selectAll()
        return made

    def _page(self, text: str) -> Typed:
        made = Typed(self)
        made.setPlainText(text)
        made.moveCursor(QTextCursor.MoveOperation.End)
        made.setFont(fonts.spoken())
        made.setTabChangesFocus(True)
        made.setMinimumHeight(8 * made.fontMetrics().lineSpacing())
        theme.dress(made, "text")
        return made

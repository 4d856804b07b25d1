"""The dialog of a damaged library: what can be done, and that nothing is deleted."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from stage.ui.dress import fonts, theme
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.labels import MUTED, label

BACKUP, SALVAGE = "backup", "salvage"


class WreckSheet(QDialog):
    """Asks which way out to take.

    Attributes:
        chosen: BACKUP, SALVAGE, or "" to leave everything as it is.
    """

    def __init__(self, path: str, made: str | None, parent: QWidget | None = None) -> None:
        """Ask about a library.

        Args:
            made: when its newest sound backup was made, None when there is none.
        """
        super().__init__(parent)
        self.chosen = ""
        self.setWindowTitle(self.tr("The library is damaged"))
        theme.dress(self, "dialog")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(label(self.tr("The library is damaged"), font=fonts.interface(18)))
        rows = [
            self.tr("{0} cannot be read as it should.").format(path),
            self.tr("Whatever you choose, the damaged file is kept beside it under another name."),
        ]
        if made is None:
            rows.append(self.tr("There is no sound backup of it."))
        for row in rows:
            column.addWidget(label(row, role=MUTED, wrap=True))
        column.addStretch(1)
        column.addLayout(self._buttons(made))
        self.resize(520, 220)

    def _buttons(self, made: str | None) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        buttons = [(self.tr("Quit"), self.reject, False)]
        buttons.append((self.tr("Copy what can be read"), self._salvage, made is None))
        if made is not None:
            words = self.tr("Put back the backup of {0}").format(made)
            buttons.append((words, self._put_back, True))
        for words, act, primary in buttons:
            button = Button(words, primary=primary, parent=self)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(act)
            row.addWidget(button)
        return row

    def _salvage(self) -> None:
        self.chosen = SALVAGE
        self.accept()

    def _put_back(self) -> None:
        self.chosen = BACKUP
        self.accept()

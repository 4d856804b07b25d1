"""Dialogs that only show: a prompt as it was sent, the shortcuts, what Stage is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from stage.ui.dress import fonts, theme
from stage.ui.lanes.verbatim import shown
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.labels import MUTED, heading, label
from stage.ui.widgets.scrolled import Scrolled
from stage.ui.widgets.typed import Typed


class _Sheet(QDialog):
    """A title, something, and a button that closes."""

    def __init__(self, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        theme.dress(self, "dialog")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(10)

    def end(self) -> None:
        """Put the button at the end."""
        close = Button(self.tr("Close"), parent=self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        self.column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


class PromptSheet(_Sheet):
    """The exact text that was evaluated, special tokens written out."""

    def __init__(
        self,
        text: str,
        about: str,
        beside: Sequence[str] = (),
        parent: QWidget | None = None,
        title: str = "",
    ) -> None:
        """Show a prompt, and below it what it does not show: what was left out, and why."""
        super().__init__("", parent)
        self.setWindowTitle(title or self.tr("Prompt as sent"))
        self.resize(720, 560)
        self.column.addWidget(label(about, role=MUTED, wrap=True))
        view = Typed(self)
        view.setReadOnly(True)
        view.setFont(fonts.mono(12.5))
        view.setPlainText(shown(text))
        view.setAccessibleName(self.windowTitle())
        theme.dress(view, "text")
        self.column.addWidget(view, 3)
        if beside:
            more = Typed(self)
            more.setPlainText("\n".join(map(shown, beside)))
            more.setReadOnly(True)
            more.setAccessibleName(self.tr("Left out, repaired and drawn"))
            theme.dress(more, "text")
            self.column.addWidget(more, 1)
        self.end()


class ShortcutSheet(_Sheet):
    """Every action with its keys, found by the words of either.

    Attributes:
        none: what is said where nothing has the words that are typed.
    """

    def __init__(
        self,
        groups: Sequence[tuple[str, Sequence[tuple[str, str]]]],
        parent: QWidget | None = None,
        *,
        about: str = "",
    ) -> None:
        """Show groups of (action, keys), under a sentence about the preset."""
        super().__init__("", parent)
        self.setWindowTitle(self.tr("Shortcuts"))
        self._rows: list[tuple[QLabel, list[tuple[str, QLabel, QLabel]]]] = []
        self.search = QLineEdit(self, placeholderText=self.tr("Find an action or a key"))
        self.search.setAccessibleName(self.tr("Find an action or a key"))
        self.search.setClearButtonEnabled(True)
        theme.dress(self.search, "field")
        self.search.textChanged.connect(self._searched)
        self.none = label(self.tr("No action and no key has these words."), role=MUTED)
        self.none.hide()
        columns = QHBoxLayout()
        columns.setSpacing(28)
        for column in _in_columns(groups):
            columns.addLayout(self._column(column), 1)
        rows = QVBoxLayout()
        rows.setContentsMargins(0, 0, 8, 0)
        rows.addWidget(self.none)
        rows.addLayout(columns)
        rows.addStretch(1)
        area = Scrolled(rows, self)
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        area.setAccessibleName(self.tr("Shortcuts"))
        self.column.addWidget(label(about, role=MUTED, wrap=True))
        self.column.addWidget(self.search)
        self.column.addWidget(area, 1)
        self.end()

    def _column(self, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> QVBoxLayout:
        whole = QVBoxLayout()
        whole.setSpacing(0)
        metrics = QFontMetrics(fonts.interface())
        keys_of = [keys for _, actions in groups for _, keys in actions]
        wide = max(map(metrics.horizontalAdvance, keys_of), default=0)
        for title, actions in groups:
            grid = QGridLayout()
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setHorizontalSpacing(28)
            grid.setVerticalSpacing(5)
            grid.setColumnStretch(0, 1)
            grid.setColumnMinimumWidth(1, wide)  # one under another in all groups
            above, rows = heading(title), list[tuple[str, QLabel, QLabel]]()
            above.setContentsMargins(0, 12, 0, 0)
            grid.addWidget(above, 0, 0, 1, 2)
            for at, (words, keys) in enumerate(actions, start=1):
                rows.append((f"{title} {words} {keys}".lower(), label(words),
                             label(keys, role=MUTED)))  # fmt: skip
                for beside, part in enumerate(rows[-1][1:]):
                    grid.addWidget(part, at, beside)
            self._rows.append((above, rows))
            whole.addLayout(grid)
        whole.addStretch(1)
        return whole

    def _searched(self, typed: str) -> None:
        found = False
        for above, rows in self._rows:
            seen = [all(word in said for word in typed.lower().split()) for said, _, _ in rows]
            for there, (_, words, keys) in zip(seen, rows, strict=True):
                words.setVisible(there)
                keys.setVisible(there)
            above.setVisible(any(seen))
            found = found or any(seen)
        self.none.setVisible(not found)


class AboutSheet(_Sheet):
    """What Stage is."""

    def __init__(self, rows: Sequence[str], parent: QWidget | None = None) -> None:
        """Show rows of text under the name."""
        super().__init__("", parent)
        self.setWindowTitle(self.tr("About Stage"))
        self.column.addWidget(label("Stage", font=fonts.interface(18)))
        for row in rows:
            self.column.addWidget(label(row, role=MUTED, wrap=True))
        self.column.addStretch(1)
        self.end()


def _in_columns(
    groups: Sequence[tuple[str, Sequence[tuple[str, str]]]],
) -> list[list[tuple[str, Sequence[tuple[str, str]]]]]:
    half = sum(len(actions) + 1 for _, actions in groups) / 2
    columns: list[list[tuple[str, Sequence[tuple[str, str]]]]] = [[], []]
    filled = 0
    for group in groups:
        rows = len(group[1]) + 1
        columns[0 if filled + rows / 2 < half else 1].append(group)  # where more of it is
        filled += rows
    return columns

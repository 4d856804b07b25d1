"""Dialogs that only show: a prompt as it was sent, the shortcuts, what Stage is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

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
    """Every action with its keys."""

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
        self.column.addWidget(label(about, role=MUTED, wrap=True))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(5)
        for column, group in enumerate(_in_columns(groups)):
            row = 0
            for title, actions in group:
                grid.addWidget(heading(title), row, 2 * column, 1, 2)
                row += 1
                for words, keys in actions:
                    grid.addWidget(label(words), row, 2 * column)
                    grid.addWidget(label(keys, role=MUTED), row, 2 * column + 1)
                    row += 1
                grid.setRowMinimumHeight(row, 10)
                row += 1
        area = Scrolled(grid, self)
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        area.setAccessibleName(self.tr("Shortcuts"))
        self.column.addWidget(area, 1)
        self.end()


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

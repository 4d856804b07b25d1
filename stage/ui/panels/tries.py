"""For newcomers: three things to try on the play that is open. Put away with one click."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from stage.ui import fonts
from stage.ui.actions import key_of
from stage.ui.desk import Desk
from stage.ui.panels.panel import Panel
from stage.ui.widgets.buttons import Link
from stage.ui.widgets.labels import MUTED, heading, label


class TriesPanel(QWidget):
    """Three links that do what they say, with their keys."""

    def __init__(self, desk: Desk) -> None:
        """Be seen until put away, while a play is open."""
        super().__init__()
        self._desk = desk
        self._keys = []
        away = Link(self.tr("Put away"), self)
        away.setAccessibleName(self.tr("Put away the three things to try"))
        away.clicked.connect(self._put_away)
        grid = QGridLayout()
        grid.setVerticalSpacing(2)
        grid.setHorizontalSpacing(10)
        grid.setColumnStretch(0, 1)
        self.links = []
        for at, (action, words) in enumerate(self._tries()):
            link = Link(words, self)
            link.setProperty("action", action)
            link.clicked.connect(self._clicked)
            key = label(font=fonts.interface(fonts.TINY), role=MUTED)
            grid.addWidget(link, at, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(key, at, 1, Qt.AlignmentFlag.AlignRight)
            self.links.append(link)
            self._keys.append(key)
        grid.addWidget(away, len(self.links), 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 10)
        column.setSpacing(4)
        column.addWidget(heading(self.tr("Three things to try")))
        column.addLayout(grid)
        desk.session.opened.connect(self.refresh)
        desk.prefs.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show or hide, with the keys of now."""
        for link, key in zip(self.links, self._keys, strict=True):
            key.setText(key_of(str(link.property("action")), self._desk.settings.keys))
        away = bool(self._desk.session.saved.get("tried", False))
        self.setVisible(not away and self._desk.session.play is not None)

    def _tries(self) -> list[tuple[str, str]]:
        return [
            ("both", self.tr("Let both models go on")),
            ("sibling-after", self.tr("See another take")),
            ("tint", self.tr("Colour what was surprising")),
        ]

    def _clicked(self) -> None:
        self._desk.wishes.action.emit(str(self.sender().property("action")))

    def _put_away(self) -> None:
        self._desk.session.saved.put("tried", True)
        self.refresh()


ENTRY = Panel("tries", "Three things to try", "right", TriesPanel, own_title=True)

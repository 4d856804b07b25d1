"""The side panes: panels of the registry one under another, each under its heading."""

from typing import Literal

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stage.ui.desk.desk import Desk
from stage.ui.panels import PANELS
from stage.ui.widgets.labels import heading
from stage.ui.widgets.scrolled import Scrolled
from stage.ui.words import tr

LEAST = {"left": 26, "right": 0}  # letters of a line in the outline that tell what it is


class Side(Scrolled):
    """One side pane.

    Attributes:
        panels: the widgets by the id of their panel.
    """

    def __init__(
        self, desk: Desk, side: Literal["left", "right"], parent: QWidget | None = None
    ) -> None:
        """Build the panels of a side."""
        column = QVBoxLayout()
        super().__init__(column, parent)
        self.panels: dict[str, QWidget] = {}
        self._session = desk.session
        self._of_line: list[QWidget] = []
        margin = 0 if side == "left" else 16
        column.setContentsMargins(margin, 14, margin, 12)
        column.setSpacing(8)
        for panel in PANELS:
            if panel.side != side:
                continue
            widget = panel.build(desk)
            self.panels[panel.id] = widget
            if not panel.own_title:
                title = heading(tr("panels", panel.title))
                title.setContentsMargins(16 - margin, 0, 0, 0)
                column.addWidget(title)
                self._of_line += [title] if panel.of_line else []
            self._of_line += [widget] if panel.of_line else []
            column.addWidget(widget, int(panel.grows))
            column.addSpacing(0 if panel.own_title else 10)
        self._least = LEAST[side] * self.fontMetrics().averageCharWidth()
        if not any(panel.grows for panel in PANELS if panel.side == side):
            column.addStretch(1)
        for told in (desk.session.opened, desk.session.chose, desk.session.next_changed):
            told.connect(self._show_of_line)
        self._show_of_line()

    def _show_of_line(self) -> None:
        """Panels of the chosen line are seen where there is one."""
        line = self._session.chosen_line()
        for part in self._of_line:
            part.setVisible(line is not None and line.parent is not None)

    def minimumSizeHint(self) -> QSize:
        """As narrow as its lists are of use."""
        least = super().minimumSizeHint()
        return QSize(max(least.width(), self._least), least.height())

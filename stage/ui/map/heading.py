"""Over the map: the title, what is counted, the choice of colours, and the zoom."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from stage.ui.dress import fonts, theme
from stage.ui.map.shades import BY_ID, MODES
from stage.ui.widgets.buttons import Segment
from stage.ui.widgets.labels import MUTED, Elided
from stage.ui.widgets.titlerow import title_font, title_row, together
from stage.ui.words import tr

SIDE_BY_SIDE = 3  # modes that have a segment of their own; the others share one with a menu


class Heading(QWidget):
    """The row over the map.

    Signals:
        mode: the id of a way to colour.
    """

    mode = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the row."""
        super().__init__(parent)
        self._title = Elided(font=title_font(), least=80, parent=self)
        self.counted = Elided(font=fonts.interface(fonts.SMALL), role=MUTED, parent=self)
        self.segments = {
            each.id: Segment(tr("map", each.title), self._colour_by(each.title), self)
            for each in MODES[:SIDE_BY_SIDE]
        }
        self.more = Segment("", self.tr("Colour by another number"), self)
        self.fit = Segment(self.tr("Fit"), self.tr("Fit the map to the window"), self)
        self.natural = Segment("100 %", self.tr("Natural size"), self)
        self.fit.setCheckable(False)
        self.natural.setCheckable(False)
        self._menu = QMenu(self)
        theme.dress(self._menu, "menu")
        for each in MODES[SIDE_BY_SIDE:]:
            entry = self._menu.addAction(f"{tr('map', each.title)}, {tr('map', each.unit)}")
            entry.triggered.connect(partial(self.mode.emit, each.id))
        for name, segment in self.segments.items():
            segment.clicked.connect(partial(self.mode.emit, name))
        self.more.clicked.connect(self._open)
        self._lay_out()
        self.show_mode(MODES[0].id)

    def _lay_out(self) -> None:
        row = title_row(self)
        row.addWidget(self._title)
        row.addWidget(self.counted, 1)
        for parts in ((*self.segments.values(), self.more), (self.fit, self.natural)):
            row.addLayout(together(parts))

    def show_play(self, title: str, counted: str) -> None:
        """Show the title of a play and what is counted of it."""
        self._title.set_text(title)
        self.counted.set_text(counted)
        for each in (*self.segments.values(), self.more, self.fit, self.natural):
            each.setEnabled(bool(counted))
        if not counted:
            self.show_zoom(1.0)

    def show_mode(self, name: str) -> None:
        """Mark the way to colour that is on."""
        for each, segment in self.segments.items():
            segment.setChecked(each == name)
        other = name not in self.segments
        self.more.setChecked(other)
        shown = tr("map", BY_ID[name].title) if other else self.tr("More")
        self.more.setText(f"{shown} ▾")
        self.more.updateGeometry()

    def show_zoom(self, zoom: float) -> None:
        """Say how large the map is."""
        shown = f"{100 * zoom:.0f} %" if zoom >= 0.01 else "< 1 %"
        if shown != self.natural.text():
            self.natural.setText(shown)
            self.natural.setAccessibleName(self.tr("Natural size; now {0}").format(shown))

    def _open(self) -> None:
        self.more.setChecked(not any(each.isChecked() for each in self.segments.values()))
        self._menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _colour_by(self, title: str) -> str:
        return self.tr("Colour by {0}").format(tr("map", title).lower())

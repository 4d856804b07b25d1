"""Where the composer's parts stand: who is next, the words, the buttons, what there is to know."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from stage.ui.actions.table import key_of
from stage.ui.dress import fonts
from stage.ui.widgets.flow import Flow
from stage.ui.widgets.labels import MUTED, label

if TYPE_CHECKING:
    from stage.ui.composer.composer import Composer

ROOMY = 80  # characters; below it, shortcuts do not stand beside their buttons


class Hints:
    """Keys beside their buttons, by action."""

    def __init__(self) -> None:
        """Start with none."""
        self.labels: dict[str, QLabel] = {}

    def of(self, action: str) -> QLabel:
        """A label for the key of an action."""
        made = self.labels[action] = label(font=fonts.interface(fonts.TINY), role=MUTED)
        made.setContentsMargins(0, 0, 6, 0)
        return made

    def show_keys(self, preset: str, *, enter: bool) -> None:
        """Show the keys of a preset; with `enter`, Enter speaks."""
        for action, hint in self.labels.items():
            hint.setText("Enter" if enter and action == "speak" else key_of(action, preset))

    def make_visible(self, there_is_room: bool) -> None:
        """Show or hide them all."""
        for hint in self.labels.values():
            hint.setVisible(there_is_room)


class Rows:
    """The rows of a composer.

    Attributes:
        low: they leave height to the lines: less air, no shortcuts, no last row: the length is
            beside who is next, the meter beside the buttons, the reason a tooltip.
    """

    def __init__(self, composer: "Composer", hints: Hints) -> None:
        """Lay out what a composer has."""
        self._of, self._hints = composer, hints
        self.low = False
        self._next, self._acts, self._last = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._column = QVBoxLayout(composer)

    def begin(self) -> None:
        """Put everything where it belongs."""
        for row in (self._next, self._last):
            row.setSpacing(10)
        self._next.addWidget(self._of.next, 1)
        self._next.addWidget(self._of.answers, 0, Qt.AlignmentFlag.AlignTop)
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(self._of.meant, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self._of.words, 1, Qt.AlignmentFlag.AlignTop)
        self._fill_acts()
        self._last.addWidget(self._of.length)
        self._last.addWidget(self._of.reason, 1)
        self._last.addWidget(self._of.sums)
        self._last.addWidget(self._of.meter)
        for row in (self._next, said, self._acts, self._last):
            self._column.addLayout(row)
        self._space()

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, from the upper left to the lower right."""
        of = self._of
        who, typed = [of.next.name, *of.next.chips.values()], [*of.meant.stops(), of.words]
        acts, told = [of.speak, of.fan, of.takes, of.both, of.stop], [of.sums, of.meter]
        if self.low:
            return [*who, of.length, of.answers, *typed, *acts, *told]
        return [*who, of.answers, *typed, *acts, of.length, *told]

    def lie(self, low: bool) -> None:
        """Leave height to the lines, or use it."""
        self.low = low
        self._space()
        of = self._of
        self._acts.setStretch(0, int(not low))
        if low:
            self._next.insertWidget(1, of.length, 0, Qt.AlignmentFlag.AlignTop)
            self._acts.insertWidget(1, of.sums)
            self._acts.insertWidget(2, of.meter, 1)  # it takes what the buttons leave
        else:
            self._last.insertWidget(0, of.length)
            self._last.addWidget(of.sums)
            self._last.addWidget(of.meter)
        of.reason.setVisible(not low)
        fixed = QSizePolicy.Policy.Fixed
        of.meter.setSizePolicy(QSizePolicy.Policy.Preferred if low else fixed, fixed)
        of.meter.lie(low)
        self.show_hints()

    def show_hints(self) -> None:
        """Show shortcuts beside their buttons where there is room."""
        roomy = self._of.width() >= ROOMY * self._of.fontMetrics().averageCharWidth()
        self._hints.make_visible(roomy and not self.low)

    def _space(self) -> None:
        over, under, between = (5, 6, 5) if self.low else (8, 10, 8)
        self._column.setContentsMargins(18, over, 18, under)
        self._column.setSpacing(between)

    def _fill_acts(self) -> None:
        of, hints = self._of, self._hints
        acting, ending = QWidget(of), QWidget(of)
        act, end = Flow(acting, spacing=8), Flow(ending, spacing=8)
        for thing in (of.speak, "speak", of.fan, of.takes, "fan-out", of.both):
            act.addWidget(hints.of(thing) if isinstance(thing, str) else thing)
        for thing in (of.stop, "stop"):
            end.addWidget(hints.of(thing) if isinstance(thing, str) else thing)
        self._acts.setSpacing(8)
        self._acts.addWidget(acting, 1)
        self._acts.addWidget(ending, 0, Qt.AlignmentFlag.AlignTop)

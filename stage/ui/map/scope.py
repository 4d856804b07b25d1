"""Which part of the map is seen, and how large; numbers only."""

from dataclasses import dataclass, replace

FAR, NEAR = 1e-4, 3.0  # the smallest and largest zoom
SMALL = 0.4  # below this zoom lines are rectangles
ROOMY = 2.2  # a small play is spread out no more than this to fill the view
EDGE = 36.0  # pixels around a map that fits


@dataclass(frozen=True, slots=True)
class Scope:
    """A window on a layout. Columns and rows are stretched apart, so that any shape can fit.

    Attributes:
        width, height: of the widget, in pixels.
        wide, high: of a column and a row at zoom 1, in pixels.
        x, y: the column and the row at the middle of the widget.
        across, down: pixels in a column and in a row now.
    """

    width: float
    height: float
    wide: float
    high: float
    x: float = 0.0
    y: float = 0.0
    across: float = 1.0
    down: float = 1.0

    @property
    def zoom(self) -> float:
        """How large it is: 1 is natural size, the smaller of the two directions counts."""
        return min(self.across / self.wide, self.down / self.high)

    def at(self, column: float, row: float) -> tuple[float, float]:
        """Where in the widget a place of the layout is."""
        return (
            self.width / 2 + (column - self.x) * self.across,
            self.height / 2 + (row - self.y) * self.down,
        )

    def place(self, left: float, top: float) -> tuple[float, float]:
        """Which place of the layout a point of the widget is."""
        return (
            self.x + (left - self.width / 2) / self.across,
            self.y + (top - self.height / 2) / self.down,
        )

    def span(self, left: float, top: float, right: float, bottom: float) -> tuple[
        tuple[float, float], tuple[float, float]
    ]:  # fmt: skip
        """The columns and rows of a rectangle of the widget."""
        (first, high), (last, low) = self.place(left, top), self.place(right, bottom)
        return (first, last), (high, low)

    def fit(self, columns: int, rows: float) -> "Scope":
        """See the whole of a layout."""
        across = (self.width - 2 * EDGE) / max(1, columns - 1 + 1.2)  # the last label, too
        down = (self.height - 2 * EDGE) / max(1.0, rows)
        return replace(
            self,
            across=_between(across, self.wide * FAR, self.wide * ROOMY),
            down=_between(down, self.high * FAR, self.high * ROOMY),
            x=(columns - 1) / 2 + (0.5 if columns > 1 else 0.0),
            y=(rows - 1) / 2,
        )

    def natural(self) -> "Scope":
        """Natural size, with the same place in the middle."""
        return replace(self, across=self.wide, down=self.high)

    def scaled(self, factor: float, left: float, top: float) -> "Scope":
        """Larger or smaller, so that a point of the widget stays where it is.

        What is stretched in one direction only comes back into proportion as one looks closer:
        from natural size on, the larger direction waits for the smaller one.
        """
        column, row = self.place(left, top)
        wider, higher = self.across / self.wide, self.down / self.high
        across, down = wider * factor, higher * factor
        if factor > 1:
            across = max(wider, min(across, max(1.0, down)))
            down = max(higher, min(down, max(1.0, wider * factor)))
        return self._anchored(across * self.wide, down * self.high, column, row, left, top)

    def no_smaller(self, least: "Scope", left: float, top: float) -> "Scope":
        """At least half as large as another scope, with the same point staying where it is."""
        column, row = self.place(left, top)
        across, down = max(self.across, least.across / 2), max(self.down, least.down / 2)
        return self._anchored(across, down, column, row, left, top)

    def _anchored(
        self, across: float, down: float, column: float, row: float, left: float, top: float
    ) -> "Scope":
        across = _between(across, self.wide * FAR, self.wide * NEAR)
        down = _between(down, self.high * FAR, self.high * NEAR)
        return replace(
            self,
            across=across,
            down=down,
            x=column - (left - self.width / 2) / across,
            y=row - (top - self.height / 2) / down,
        )

    def moved(self, right: float, below: float) -> "Scope":
        """Pushed by so many pixels, as a sheet of paper is."""
        return replace(self, x=self.x - right / self.across, y=self.y - below / self.down)

    def centred(self, column: float, row: float) -> "Scope":
        """With a place of the layout in the middle."""
        return replace(self, x=column, y=row)

    def sized(self, width: float, height: float) -> "Scope":
        """In a widget of another size."""
        return replace(self, width=width, height=height)

    def held(self, columns: int, rows: float) -> "Scope":
        """Not so far off that nothing is seen."""
        return replace(
            self, x=_between(self.x, 0.0, max(0.0, columns - 1.0)),
            y=_between(self.y, 0.0, max(0.0, rows - 1.0)),
        )  # fmt: skip


def _between(value: float, least: float, most: float) -> float:
    return min(most, max(least, value))

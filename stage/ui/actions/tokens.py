"""What actions of the table do with the tokens of the chosen line."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt

from stage.ui.actions.table import key_of

if TYPE_CHECKING:
    from stage.ui.panels.alternatives import AlternativesPanel
    from stage.ui.window.window import Window


class TokenActs(QObject):
    """Acts on the token that is looked at in a window."""

    def __init__(self, window: "Window") -> None:
        """Act in a window, on its desk."""
        super().__init__(window)
        self._window, self._desk = window, window.desk

    @property
    def _panel(self) -> "AlternativesPanel":
        return cast("AlternativesPanel", self._window.right.panels["alternatives"])

    def step(self, step: int) -> None:
        """Look at the token before or after."""
        self._panel.step(step)

    def alternatives(self) -> None:
        """Go to what else might have been said at the token that is looked at."""
        self._window.panes.flanks.show_side("right", show=True)
        self._panel.ask()
        self._panel.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def cycle(self, step: int) -> None:
        """Look at another of the alternatives of the token that is looked at."""
        said = self._panel.cycle(step) or self.tr("No alternatives of this token were kept.")
        key = key_of("stand", self._desk.settings.keys)
        if self._panel.cycled and key:
            said = self.tr("{0} {1} goes on from it.").format(said, key)
        self._desk.wishes.said.emit(said)

    def go_on(self) -> None:
        """Go on from the alternative that was cycled to, else from the chosen line."""
        if self._panel.cycled:
            self._panel.apply()
        else:
            self._desk.turns.stand_here()

    def resume(self) -> None:
        """Let its model go on with a line: a sibling, the same as far as that one went."""
        line = self._desk.session.chosen_line()
        if self._desk.turns.waiting:
            self._desk.wishes.said.emit(self.tr("A line is still being said."))
        elif line is not None:
            self._desk.looks.further(line)

    def going_on(self) -> str:
        """What `go_on` would do now, in words; "" for its title."""
        return self.tr("Go on from the alternative token") if self._panel.cycled else ""

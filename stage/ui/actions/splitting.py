"""Splitting the chosen line where the text cursor of its lane was put."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.ui.desk.steps import upper

if TYPE_CHECKING:
    from stage.ui.window.window import Window


class Splitting(QObject):
    """Splits in a window."""

    def __init__(self, window: "Window") -> None:
        """Act in a window, on its desk."""
        super().__init__(window)
        self._window, self._desk = window, window.desk

    def split(self) -> None:
        """Split the line in two."""
        line, at = self._place()
        if at > 0:
            self._desk.steps.do("split", line, at=at)

    def split_with_child(self) -> None:
        """Split, and stand after the first half to write another end."""
        line, at = self._place()
        if at > 0:
            spawn(self._split(line, at), name="split with a new child")

    def _place(self) -> tuple[str, int]:
        """The line and where it is to be split; where that was not shown, it is asked for: -1."""
        line, lane = self._desk.session.chosen_line(), self._window.centre.current()
        if line is None or lane is None:
            return "", -1
        at = lane.text.caret.point(line.id)
        if at <= 0:
            said = self.tr("Show where to split the line: arrow keys or a click in it; then again.")
            self._desk.wishes.said.emit(said)
        return line.id, at

    async def _split(self, line: str, at: int) -> None:
        play, said = self._desk.session.play, self._desk.wishes.said
        if play is None:
            return
        try:
            event = await self._desk.director.do(play.id, "split", {"line": line, "at": at})
        except KnownError as error:
            said.emit(error.sentence)
            return
        if event.made:
            self._desk.paths.stand(event.made[0])
            self._window.focus_on("composer")
        said.emit(upper(self.tr("{0}. Write how it goes on instead.").format(event.words)))

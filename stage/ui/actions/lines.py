"""What actions of the table do with the chosen line; each is a few calls on the desk."""

from functools import partial
from operator import methodcaller
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from stage.play.line import Line
from stage.ui.desk.chores import Chore
from stage.ui.lanes.entry import makes_another
from stage.ui.lanes.lanes import Lane
from stage.ui.views import VIEWS

if TYPE_CHECKING:
    from stage.ui.views.library import Library
    from stage.ui.views.map import MapView
    from stage.ui.window.window import Window


class Acts(QObject):
    """Acts on what is chosen in a window."""

    def __init__(self, window: "Window") -> None:
        """Act in a window, on its desk."""
        super().__init__(window)
        self._window = window
        self._desk = window.desk
        window.desk.chores.ended.connect(self._ended)

    # looking

    def step_line(self, step: int) -> None:
        """Choose the line before or after in the lane with the keyboard."""
        lane = self._window.centre.current()
        wanted = lane.text.neighbour(step) if lane else ""
        if wanted:
            self._desk.session.choose(wanted)

    def colour_by(self, by: str) -> None:
        """Colour tokens by something, at once."""
        self._desk.prefs.set("colour_by", by)
        self._desk.prefs.set("colour_tokens", True)

    def lane(self) -> Lane:
        """The lane that keys act on; an empty one without a play."""
        session = self._desk.session
        return session.lanes[session.at] if session.lanes else Lane("")

    def read(self) -> None:
        """Set the lane's Markdown as it is meant, or everything verbatim again."""
        session = self._desk.session
        session.set_lane(session.at, read=not self.lane().read)

    def copy_line(self) -> None:
        """Put the stored text of the chosen line on the clipboard."""
        line = self._line()
        if line is not None:
            QGuiApplication.clipboard().setText(line.text)
            self._desk.wishes.said.emit(self.tr("The line is on the clipboard."))

    def show_tries(self) -> None:
        """Show again what a newcomer may try."""
        self._window.right.panels["tries"].begin()  # type: ignore[attr-defined]
        self._window.panes.flanks.show_side("right", show=True)

    def expect(self) -> None:
        """Ask the model whom it expects, and show what it says."""
        if self._window.panes.at == "stage":
            self._window.panes.flanks.show_side("right", show=True)
        self._desk.cues.expect()

    # the library and the shelf

    def look_at(self, member: str) -> None:
        """Show the card of a member."""
        self._window.panes.go("cast")
        self._window.panes.ask("cast", methodcaller("look_at", member))

    def search(self) -> None:
        """Search the lines of all plays."""
        self._window.panes.go("library")
        self._window.panes.ask("library", self._seek)

    def _seek(self, view: QWidget) -> None:
        field = cast("Library", view).field
        field.selectAll()
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def library(self, page: str) -> None:
        """Go to a page of the library; its history is that of the play on stage."""
        self._window.panes.go("library")
        self._window.panes.ask("library", partial(self._turn_to, page))

    def _turn_to(self, page: str, view: QWidget) -> None:
        library = cast("Library", view)
        if page == "history":
            library.shelf.of("")
        else:
            library.go(page)
        if page == "plays":
            library.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def export(self) -> None:
        """Write the play on stage into a file."""
        play, line = self._desk.session.play, self._line()
        if play is not None:
            chosen = line.id if line is not None and line.parent is not None else ""
            self._window.panes.ask("library", partial(self._export, play.id, chosen))

    def _export(self, play: str, chosen: str, view: QWidget) -> None:
        cast("Library", view).shelf.export(play, chosen)

    def _ended(self, chore: Chore) -> None:
        """Where the library is not seen, the foot tells what came of a chore."""
        if self._window.panes.at != "library" and (chore.brief or chore.state == "failed"):
            self._desk.wishes.said.emit(chore.brief or chore.said)

    def chore(self, name: str) -> None:
        """Begin a chore by the name of its method; the library shows how far it is."""
        self._window.panes.go("library")
        getattr(self._desk.chores, name)()

    def model(self, name: str) -> None:
        """Load or unload the model that is chosen on the shelf."""
        self._window.panes.go("models")
        self._window.panes.ask("models", methodcaller(name))

    # walking

    def child(self, number: int) -> None:
        """Stand on a child of the chosen line, counted from 1."""
        line, play = self._line(), self._desk.session.play
        children = play.children(line.id) if line and play else []
        if number <= len(children):
            self._desk.turns.stand(children[number - 1])
        else:
            said = self.tr("The chosen line has no child {0}.").format(number)
            self._desk.wishes.said.emit(said)

    def root(self) -> None:
        """Stand on the first line of the lane."""
        path = self._desk.session.path(self._desk.session.at)
        if path:
            self._desk.turns.stand(path[0].id)

    def bookmark(self, step: int) -> None:
        """Go to the next line with a bookmark, round and round, in the order they were made."""
        session = self._desk.session
        line, play = self._line(), session.play
        marked = [each for each in play.tree.marked("bookmark") if not each.hidden] if play else []
        if line is None or play is None or not marked:
            return
        marked.sort(key=lambda each: each.order)
        after = [each for each in marked if each.order > line.order]
        before = [each for each in marked if each.order < line.order]
        wanted = (after or marked)[0] if step > 0 else (before or marked)[-1]
        if session.lane_of(wanted.id) >= 0:
            session.choose(wanted.id)
        else:  # much of its branch may not be read yet
            self._desk.paths.go(wanted.id)

    def write_here(self) -> None:
        """Stand on the chosen line, with the keyboard where words are typed."""
        self._desk.turns.stand_here()
        self._window.focus_on("composer")

    def write_beside(self) -> None:
        """Stand on the line before the chosen one, to write another in its place."""
        line = self._line()
        if line is not None and line.parent is not None:
            self._desk.turns.stand(line.parent)
            self._window.focus_on("composer")

    # places

    def read_lane(self) -> None:
        """Go to the lane that keys act on, where plain letters walk."""
        self._window.focus_on(f"lane {self._desk.session.at + 1}")

    def outline(self, *, typing: bool = False) -> None:
        """Go to the rows of the outline, or to the field above them."""
        panes = self._window.panes
        if "left" not in VIEWS[panes.at].sides:
            panes.go("stage")
        panes.flanks.show_side("left", show=True)
        panel = self._window.left.panels["outline"]
        panel.begin(typing=typing)  # type: ignore[attr-defined]

    # comparing

    def compare(self) -> None:
        """Put what is nearest at hand side by side.

        On the map that is what was taken there, elsewhere siblings of the chosen line, else lanes.
        """
        if self._window.panes.at == "map":
            self._window.panes.ask("map", self._compare_taken)
        else:
            self._compare_nearest()

    def _compare_taken(self, view: QWidget) -> None:
        chart = cast("MapView", view)
        if len(chart.canvas.picture.picked) > 1:
            chart.compare()
        else:
            self._compare_nearest()

    def _compare_nearest(self) -> None:
        offers = self._desk.compared.offers()
        self._desk.wishes.compare.emit(list(offers[0].leaves) if offers else [])

    def compare_lanes(self) -> None:
        """Put the lanes side by side."""
        self._desk.wishes.compare.emit([lane.leaf for lane in self._desk.session.lanes])

    def compare_too(self) -> None:
        """Put the branch of the chosen line beside those compared."""
        line, compared = self._line(), self._desk.compared
        if line is not None and line.parent is not None and compared.play is not None:
            leaf = compared.play.end(line.id)
            self._desk.wishes.compare.emit([*compared.leaves, leaf])

    # operations

    def operate(self, name: str, /, **given: Any) -> None:
        """Do an operation on the chosen line."""
        line = self._line()
        if line is not None:
            self._desk.steps.do(name, line.id, **given)

    def marked(self, label: str) -> bool:
        """Whether the chosen line carries a label."""
        line = self._line()
        return line is not None and label in line.labels

    def mark(self, label: str) -> None:
        """Put a label on the chosen line, or take it off again."""
        self.operate(label, off=self.marked(label))

    def recast(self) -> None:
        """Ask who plays the member that speaks next, or another one, from here on."""
        decision = self._desk.session.decision()
        self._window.dialogs.recast(decision.queue[0] if decision.queue else "")

    def again(self) -> None:
        """Let the same model say the chosen line once more, as a sibling."""
        line = self._line()
        if line is not None:
            self._desk.siblings.another(line.id)

    def sibling_words(self) -> str:
        """What going to the next sibling does now, where it is not that."""
        line, play = self._line(), self._desk.session.play
        more = line is not None and play is not None and makes_another(play, line)
        return self.tr("Another take, after the last one") if more else ""

    def _line(self) -> Line | None:
        return self._desk.session.chosen_line()

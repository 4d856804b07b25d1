"""What actions of the table do with the tree: order, names, looks, and finding one's way in it."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from stage.kit.tasks import spawn
from stage.play.line import Line
from stage.play.tags import Tag, known
from stage.ui.actions.table import key_of
from stage.ui.dialogs.asking import ask
from stage.ui.dialogs.tagging import AskTag
from stage.ui.dialogs.text import AskText
from stage.ui.dress.eliding import beginning
from stage.ui.lanes.findbar import FindBar
from stage.ui.lanes.links import offer_all

if TYPE_CHECKING:
    from stage.ui.window.window import Window


class TreeActs(QObject):
    """Acts on the tree of the play in a window.

    Attributes:
        taken: the line that waits to be put under another one, "" for none.
    """

    def __init__(self, window: "Window") -> None:
        """Act in a window, on its desk."""
        super().__init__(window)
        self._window, self._desk = window, window.desk
        self.taken = ""
        self._desk.session.opened.connect(self._opened)

    # where lines stand

    def shift(self, step: int) -> None:
        """Put the chosen line one place up or down among its siblings."""
        line, play = self._line(), self._desk.session.play
        if line is None or play is None:
            return
        row, seen = play.tree.siblings(line.id), play.siblings(line.id)
        at = seen.index(line.id) + step if line.id in row else -1
        if 0 <= at < len(seen):
            self._desk.steps.do("reorder", line.id, index=row.index(seen[at]) + 1)
        else:
            first = self.tr("It is the first of its siblings already.")
            self._say(first if step < 0 else self.tr("It is the last of its siblings already."))

    def take(self) -> None:
        """Remember the chosen line; the second time, put it under the line chosen then."""
        line = self._line()
        if line is None:
            return
        if not self.taken or self.taken == line.id:
            self.taken = "" if self.taken else line.id
            taken = self.tr("Choose the line it is to stand under, then do this again.")
            self._say(taken if self.taken else self.tr("The branch stays where it is."))
            return
        taken, self.taken = self.taken, ""
        self._desk.steps.do("move", taken, to=line.id)

    def taking(self) -> str:
        """What `take` would do now, in words; "" for its title."""
        return self.tr("Put the branch under the chosen line") if self.taken else ""

    def write_before(self) -> None:
        """Ask for a line that comes to stand between the chosen one and the one above it."""
        line, me = self._line(), self._desk.session.member(self._desk.session.typing_as)
        if line is not None and me is not None:
            about = self.tr(
                "Said by {0}; the branch follows it. Its prompts stay as they were sent."
            )
            title = self.tr("Write before the line")
            dialog = AskText(title, about.format(me.label), "", page=True, parent=self._window)
            spawn(self._write_before(dialog, line, me.label), name="write before a line")

    async def _write_before(self, dialog: AskText, line: Line, speaker: str) -> None:
        if await ask(dialog) != QDialog.DialogCode.Accepted.value:
            return
        given = {"member": speaker, "text": dialog.text(), "before": line.id}
        self._desk.steps.do("add", str(line.parent), **given)

    # names, tags, ids

    def name_line(self) -> None:
        """Ask for the title of what begins at the chosen line."""
        line = self._line()
        if line is not None:
            about = self.tr("Stands in the outline and above the lanes. Empty takes it off.")
            dialog = AskText(self.tr("Title of the branch"), about, line.chapter or "",
                             parent=self._window)  # fmt: skip
            spawn(self._asked(dialog, "chapter", line.id, "text"), name="name a line")

    def name_play(self) -> None:
        """Ask for another title of the play."""
        play = self._desk.session.play
        if play is not None:
            about = self.tr("Prompts that were sent keep the title they were made with.")
            dialog = AskText(self.tr("Title of the play"), about, play.scene.title,
                             parent=self._window)  # fmt: skip
            spawn(self._asked(dialog, "rename", play.start, "title"), name="name the play")

    async def _asked(self, dialog: AskText, operation: str, line: str, key: str) -> None:
        if await ask(dialog) == QDialog.DialogCode.Accepted.value:
            self._desk.steps.do(operation, line, **{key: dialog.text()})

    def tag(self) -> None:
        """Ask for a tag of the chosen line, and what it reaches."""
        line = self._line()
        if line is not None:
            spawn(self._ask_tag(line), name="tag")

    async def _ask_tag(self, line: Line) -> None:
        dialog = AskTag(line.tags, self._tags(), self._window)
        if await ask(dialog) == QDialog.DialogCode.Accepted.value and dialog.given:
            self._desk.steps.do("tag", line.id, **dialog.given)

    def tag_by(self, key: str) -> None:
        """Put the tag of a key on the chosen line, or take it off."""
        line, tag = self._line(), self._keyed(key)
        if line is None or tag is None:
            said = self.tr("No tag of this play has the key {0}; {1} gives it to one.")
            self._say(said.format(key, key_of("tag", self._desk.settings.keys) or "Tag"))
        else:
            self._desk.steps.do("tag", line.id, name=tag.name, off=tag.name in line.tags)

    def tag_of(self, key: str) -> str:
        """What `tag_by` would do now, in words; "" for its title."""
        line, tag = self._line(), self._keyed(key)
        if line is None or tag is None:
            return ""
        off = self.tr("Take the tag {0} off") if tag.name in line.tags else self.tr("Tag as {0}")
        return off.format(beginning(tag.name))

    def _keyed(self, key: str) -> Tag | None:
        return next((each for each in self._tags().values() if each.key == key), None)

    def _tags(self) -> dict[str, Tag]:
        """The tags of the play, those that are only put on lines included."""
        play = self._desk.session.play
        if play is None or play.tree.root is None:
            return {}
        found = {name for each in play.tree.marked("tag") for name in each.tags}
        told = known(play.tree.root.labels)
        return {name: told.get(name, Tag(name)) for name in sorted(found | {*told})}

    def copy_address(self) -> None:
        """Offer the addresses that the chosen line names, over its lane."""
        line, lane = self._desk.session.chosen_line(), self._window.centre.current()
        if line is not None and lane is not None:
            offer_all(lane.text.viewport(), line.text, self._desk.wishes.said.emit)

    def copy_id(self) -> None:
        """Put the id of the chosen line on the clipboard."""
        line = self._line()
        if line is not None:
            QGuiApplication.clipboard().setText(line.id)
            self._say(self.tr("The id {0} is on the clipboard.").format(line.id))

    def go_to_id(self) -> None:
        """Ask for the id of a line, and go there."""
        spawn(self._ask_id(), name="go to an id")

    async def _ask_id(self) -> None:
        about = self.tr("The id of a line of any play, as Copy the id gives it.")
        held = QGuiApplication.clipboard().text().strip()
        known = held if len(held) < 40 and held.isalnum() else ""
        dialog = AskText(self.tr("Go to a line"), about, known, parent=self._window)
        if await ask(dialog) == QDialog.DialogCode.Accepted.value and dialog.text().strip():
            self._desk.paths.go_to_id(dialog.text())

    # finding

    def chapter(self, step: int) -> None:
        """Go to the next line with a title, round and round, in the order they were made."""
        line, play = self._line(), self._desk.session.play
        marked = [each for each in play.tree.marked("chapter") if not each.hidden] if play else []
        if line is None or not marked:
            return
        marked.sort(key=_order)
        after = [each for each in marked if each.order > line.order]
        before = [each for each in marked if each.order < line.order]
        self._desk.paths.go(((after or marked)[0] if step > 0 else (before or marked)[-1]).id)

    def find(self) -> None:
        """Look for words in the lane with the keyboard."""
        lane = self._window.centre.current()
        if lane is not None:
            self._window.panes.go("stage")
            bar = lane.text.findChild(FindBar) or FindBar(lane.text, self._desk.session.choose)
            bar.begin()

    # how the tree is looked at

    def show(self, **change: Any) -> None:
        """Look at the outline in another way, see play.outline.Show."""
        self._desk.survey.want()
        self._desk.survey.look(**change)

    def switch(self, name: str) -> None:
        """Turn a flag of the outline the other way."""
        self.show(**{name: not self.shows(name)})

    def shows(self, name: str) -> Any:
        """How the outline is looked at."""
        return getattr(self._desk.survey.rows.outline.show, name)

    def show_tagged(self) -> None:
        """Show what tags hide, or hide it again."""
        play = self._desk.session.play
        if play is not None:
            self._desk.director.show_tagged(play, play.tags_hide)

    def tags_hide(self) -> bool:
        """Whether what tags hide is out of sight."""
        play = self._desk.session.play
        return play is None or play.tags_hide

    def fold(self) -> None:
        """Fold what follows from the chosen line, or unfold it."""
        line = self._line()
        if line is not None:
            self._desk.steps.do("collapse", line.id, off=line.collapsed)

    def unhoist(self) -> None:
        """Show what was shown before the last hoist."""
        play = self._desk.session.play
        if play is not None:
            self._desk.steps.do("hoist", play.start, off=True)

    # inside

    def _opened(self) -> None:
        self.taken = ""

    def _line(self) -> Line | None:
        return self._desk.session.chosen_line()

    def _say(self, sentence: str) -> None:
        self._desk.wishes.said.emit(sentence)


def _order(line: Line) -> int:
    return line.order

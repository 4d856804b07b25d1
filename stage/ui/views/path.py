"""The branch of the current lane as a page to be read."""

from collections.abc import Generator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stage.director.exporting import save_path
from stage.director.opened import OpenPlay
from stage.formats import FORMATS
from stage.kit.tasks import spawn
from stage.play.line import Kind, Line
from stage.play.prompting.prose import joined, written_by
from stage.ui import hints, words
from stage.ui.desk.choosing import file_name
from stage.ui.desk.desk import Desk
from stage.ui.desk.telling import telling
from stage.ui.dress import fonts, theme
from stage.ui.lanes.entry import entry, mark
from stage.ui.lanes.links import offer
from stage.ui.pacing.slices import Slices
from stage.ui.views.view import View
from stage.ui.widgets.begins import Begins
from stage.ui.widgets.buttons import Link, Segment
from stage.ui.widgets.labels import MUTED, Elided, plain_tip
from stage.ui.widgets.nothing import Either
from stage.ui.widgets.page import Page, Passage
from stage.ui.widgets.titlerow import title_font, title_row, together
from stage.ui.words import tr

ENOUGH = 4_000  # characters of a text after which another row may begin a passage of its own


class PathView(Begins):
    """A heading and a page."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build; nothing is written before it is seen."""
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("pane")
        theme.dress(self, "page")
        self.page = Page(self)
        self.body = Either(self.page, self)
        self._slices = Slices(self)
        self._stale, self._seen = False, False
        self.heading = Heading(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for each in (self.heading, self.body):
            column.addWidget(each, int(each is self.body))
        self.beginning = self.body
        self.page.linked.connect(self._linked)
        self.body.nothing.wanted.connect(desk.wishes.action)
        self.heading.read.clicked.connect(partial(self.set_read, on=True))
        self.heading.verbatim.clicked.connect(partial(self.set_read, on=False))
        for form, link in self.heading.exports.items():
            link.clicked.connect(partial(self.export, form))
        for signal in (desk.session.opened, desk.session.moved, desk.bridge.ended,
                       desk.bridge.changed, desk.bridge.grew):  # fmt: skip
            signal.connect(self._changed)
        desk.prefs.changed.connect(self._preferred)
        self.set_read(on=bool(desk.session.saved.get("path read", True)))
        self._preferred("spoken_size")

    def set_read(self, *, on: bool) -> None:
        """Set Markdown as it is meant, or everything verbatim."""
        self._desk.session.saved.put("path read", on)
        self.heading.read.setChecked(on)
        self.heading.verbatim.setChecked(not on)
        self.page.set_style(read=on)

    def switch(self) -> None:
        """Read or verbatim, the other way round."""
        self.set_read(on=not self.heading.read.isChecked())

    def export(self, form: str) -> None:
        """Ask for a file, and write this branch into it."""
        session = self._desk.session
        play, leaf = session.play, session.leaf()
        if play is None or leaf is None or not session.path(session.at):
            return
        title, suffix = FORMATS[form].title, FORMATS[form].suffix
        name = file_name(play.scene.title, self.tr("play")) + suffix
        self._desk.choosing.a_new_one(
            self, "exports", self.tr("Save the path"), f"{title} (*{suffix})", name,
            partial(self._save, play, leaf.id, form),
        )  # fmt: skip

    def _save(self, play: OpenPlay, leaf: str, form: str, file: str) -> None:
        """One may have gone to another branch while the file was chosen."""
        work = self._saved(play, leaf, form, Path(file))
        spawn(telling(work, self._desk.wishes.said.emit), name="save the path")

    async def _saved(self, play: OpenPlay, leaf: str, form: str, file: Path) -> None:
        await save_path(play, leaf, form, file)
        self._desk.wishes.said.emit(self.tr("The path is saved in {0}.").format(file.name))

    def _preferred(self, name: str) -> None:
        if name == "spoken_size":
            self.page.set_style(size=self._desk.settings.spoken_size)

    def _linked(self, address: str, where: QPoint) -> None:
        offer(self.page, [address], where, self._desk.wishes.said.emit)

    def _changed(self, *_: object) -> None:
        self._stale = self._slices.busy  # what is not done yet is shown first, else nothing ever
        if self.isVisible() and not self._stale:
            self._show()

    def _show(self) -> None:
        session = self._desk.session
        play, path = session.play, session.path(session.at)
        said = [line for line in path if line.kind is not Kind.SCENE]
        self.heading.show_path(play.scene.title if play else "", said)
        if play is None:
            self.body.say_no_play()
        elif not said:
            said_none = self.tr("Nothing has been said on this branch yet.")
            self.body.say(said_none, act=self.tr("To the stage"), of="view-stage")
        else:
            self.body.show_page()
            self._slices.start(passages(play, said), partial(self._put, play))

    def _put(self, play: OpenPlay, made: list[Passage]) -> None:
        if play is self._desk.session.play:
            self.page.show_passages(play.scene.title, play.scene.setting, made)
            if not self._seen:
                self._seen = True
                self._go_to_chosen()
        if self._stale:
            self._changed()

    def _go_to_chosen(self) -> None:
        line, leaf = self._desk.session.chosen_line(), self._desk.session.leaf()
        if line is not None and leaf is not None and line.id != leaf.id:
            self.page.go_to(self._passage_of(line.id))

    def showEvent(self, event: QShowEvent) -> None:
        """Seen: write, and begin where the chosen line stands."""
        super().showEvent(event)
        self._seen = False
        self._show()

    def _passage_of(self, line: str) -> str:
        """The passage that a line is in: its own, else the last one that begins above it."""
        found = line
        begun = {each.id for each in self.page.wanted}
        for each in self._desk.session.path(self._desk.session.at):
            found = each.id if each.id in begun else found
            if each.id == line:
                break
        return found

    def hideEvent(self, event: QHideEvent) -> None:
        """Not seen: write nothing more."""
        super().hideEvent(event)
        self._slices.stop()
        self.page.rest()


class Heading(QWidget):
    """The row over the page: what is read, how it is set, where it can be taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the row."""
        super().__init__(parent)
        self._title = Elided(font=title_font(), least=80, parent=self)
        self._counted = Elided(font=fonts.interface(fonts.SMALL), role=MUTED, parent=self)
        self.read = Segment(self.tr("Read"), self.tr("Markdown as it is meant"), self)
        self.read.setToolTip(plain_tip(tr("hints", hints.READ)))
        self.verbatim = Segment(self.tr("Verbatim"), self.tr("Every character as it is"), self)
        self.exports = {
            "text": Link(self.tr("Save as text"), self),
            "markdown": Link(self.tr("Save as Markdown"), self),
            "html": Link(self.tr("Save as HTML"), self),
        }
        row = title_row(self)
        row.addWidget(self._title)
        row.addWidget(self._counted, 1)
        row.addLayout(together((self.read, self.verbatim)))
        for link in self.exports.values():
            row.addWidget(link)

    def show_path(self, title: str, path: Sequence[Line]) -> None:
        """Say how much there is to read."""
        self._title.set_text(title)
        spoken = sum(len(line.text.split()) for line in path)
        parts = [
            words.count(len(path), "line"),
            words.count(spoken, "word"),
        ]
        self._counted.set_text(", ".join(parts) if path else "")
        for each in (self.read, self.verbatim, *self.exports.values()):
            each.setEnabled(bool(path))


def passage(play: OpenPlay, line: Line) -> Passage:
    """One line as it is read."""
    made = entry(play, line)
    aloud = line.kind not in (Kind.NARRATION, Kind.DIRECTION, Kind.SCENE)
    facts = [made.chip, mark(play, line, titled=False)]
    if made.of > 1:
        facts.append(tr("path", "take {0} of {1}").format(made.at, made.of))
    small = " · ".join(each for each in facts if each)
    name = made.name if aloud else ""
    return Passage(line.id, name, small, line.text, made.quiet, line.chapter or "")


def passages(play: OpenPlay, path: Sequence[Line]) -> Generator[None, None, list[Passage]]:
    """A branch as it is read: line by line, or as one text where it is nothing else."""
    found: list[Passage] = []
    writer = written_by(path, play.cast(path[-1].id))
    if writer is None:
        for line in path:
            found.append(passage(play, line))
            yield
        return found
    for line, text in zip(path, joined(path, writer), strict=True):
        full = not found or (len(found[-1].text) > ENOUGH and found[-1].text.endswith("\n"))
        if full or line.chapter:
            found.append(Passage(line.id, "", "", text, chapter=line.chapter or ""))
        else:
            found[-1] = replace(found[-1], text=found[-1].text + text)
        yield
    return found


ENTRY = View("path", PathView, frozenset({"left"}))

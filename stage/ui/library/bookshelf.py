"""Reads for the pages of the library view what they show, and does what they ask for."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog

from stage.director.librarian import Lying
from stage.director.opened import OpenPlay
from stage.director.records import PlayRow
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.play.naming import Names
from stage.ui import words
from stage.ui.desk.desk import Desk
from stage.ui.desk.going import go_to_play
from stage.ui.desk.steps import upper
from stage.ui.dialogs.asking import ask
from stage.ui.dialogs.export import Export
from stage.ui.dialogs.sure import Sure
from stage.ui.dialogs.text import AskText

if TYPE_CHECKING:
    from stage.ui.views.library import Library

SOON = 150  # milliseconds without an answer before a page says that it waits


class Bookshelf(QObject):
    """One reading at a time for each page; what comes later takes its place."""

    def __init__(self, view: "Library", desk: Desk) -> None:
        """Serve a view."""
        super().__init__(view)
        self._view, self._desk = view, desk
        self._bodies = {"plays": view.plays.body, "bin": view.bin.body, "history": view.past.body}
        for page, body in self._bodies.items():
            body.nothing.again.connect(partial(self.read, page))
        self._seen: set[str] = set()  # pages that show what was read
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._wait)
        self._busy: set[str] = set()
        self._again: set[str] = set()
        self._of = ""  # the play whose history is shown; "": the one on stage
        view.plays.wanted.connect(self._wanted)
        view.plays.rows.unknown.connect(self._learn)
        view.bin.restore.connect(self._restore)
        view.bin.purge.connect(self._purge)
        view.bin.scoped.connect(self._scoped)
        view.past.looked.connect(self._look)
        view.past.stepped.connect(self._step)

    # reading

    def read(self, page: str) -> None:
        """Read what a page shows; "fields" are those of a search."""
        if page in self._busy:
            self._again.add(page)
            return
        self._busy.add(page)
        if page in self._bodies and page not in self._seen:
            self._soon.start()
        spawn(self._read(page), name=f"read {page}")

    def _wait(self) -> None:
        """Say what takes a while."""
        for page in self._busy - self._seen:
            if page in self._bodies:
                self._bodies[page].say_reading()

    async def _read(self, page: str) -> None:
        work = {"plays": self._plays, "bin": self._bin, "history": self._history,
                "fields": self._fields}[page]  # fmt: skip
        try:
            self._place()
            await work()
            self._seen.add(page)
        except KnownError as error:
            if page in self._bodies:
                self._seen.discard(page)
                self._bodies[page].say_unread(error.sentence)
            else:
                self._desk.wishes.said.emit(error.sentence)
        finally:
            self._busy.discard(page)
            if not self._busy - self._seen:
                self._soon.stop()
            if page in self._again:
                self._again.discard(page)
                self.read(page)

    def _place(self) -> None:
        librarian = self._desk.director.librarian
        closed = self.tr("This library can only be read: nothing in it can be changed.")
        self._view.show_place(librarian.path, closed=closed if librarian.readonly else "")

    async def _plays(self) -> None:
        self._view.plays.show_plays(await self._desk.director.librarian.plays())

    async def _fields(self) -> None:
        self._view.chips.know(await self._desk.director.librarian.known())

    async def _bin(self) -> None:
        page, librarian = self._view.bin, self._desk.director.librarian
        of, play = str(page.scope.currentData() or ""), self._desk.session.play
        of = of if play is not None and of == play.id else ""
        found: list[PlayRow | Lying] = []
        if not of:
            found += [row for row in await librarian.plays() if row.discarded]
        found += await librarian.bin(of or None)
        page.show_lying(found, play.id if play else "", play.scene.title if play else "")

    async def _history(self) -> None:
        play = await self._play()
        if play is None:
            self._view.past.show_history("", (), Names(), ("", ""))
            return
        director = self._desk.director
        rows = await director.librarian.history(play.id)
        back, forth = await director.undo_words(play.id)
        names = await director.librarian.names(play.id)
        steps = (upper(back or ""), upper(forth or ""))
        self._view.past.show_history(play.scene.title, rows, names, steps)

    def _learn(self, ids: list[str]) -> None:
        spawn(self._facts(ids), name="facts of plays")

    async def _facts(self, ids: list[str]) -> None:
        self._view.plays.rows.learn(await self._desk.director.librarian.facts(ids))

    def _scoped(self, play: str) -> None:
        self.read("bin")

    # the past

    def of(self, play: str) -> None:
        """Show the history of a play, "" for the one on stage."""
        self._of = play
        self._view.go("history")

    async def _play(self) -> OpenPlay | None:
        on_stage = self._desk.session.play
        if self._of and (on_stage is None or self._of != on_stage.id):
            return await self._desk.director.open(self._of)
        return on_stage

    def _look(self, event: int) -> None:
        spawn(self._past(event), name="look at the past")

    async def _past(self, event: int) -> None:
        page, play = self._view.past, await self._play()
        chosen = page.event_chosen()
        if play is None or chosen is None or chosen.event != event:
            return  # one has gone on
        try:
            tree, title = await self._desk.director.librarian.past(play.id, event)
        except KnownError as error:
            self._desk.wishes.said.emit(error.sentence)
            return
        if page.event_chosen() == chosen:
            scene = replace(play.scene, title=title)
            then = replace(play, scene=scene, tree=tree)
            page.show_past(then, chosen)

    def _step(self, way: int) -> None:
        spawn(self._steps(way), name="step")

    async def _steps(self, way: int) -> None:
        play = await self._play()
        if play is not None:
            keeper = self._view.keeper
            (keeper.redo if way > 0 else keeper.undo)(play.id)

    # what the pages ask for

    def _wanted(self, name: str, row: PlayRow) -> None:
        keeper = self._view.keeper
        if name == "open":
            spawn(go_to_play(self._desk, row.id), name="open play")
        elif name == "archive":
            keeper.archive(row.id, row.title, on=not row.archived)
        elif name == "discard":
            keeper.discard(row.id, row.title)
        elif name == "rename":
            spawn(self._ask_title(row), name="rename")
        elif name == "export":
            self.export(row.id)
        elif name == "history":
            self.of(row.id)

    def export(self, play: str, line: str = "") -> None:
        """Ask how a play is to be written, then write it."""
        spawn(self._ask_export(play, line), name="export")

    def _restore(self, row: PlayRow | Lying) -> None:
        if isinstance(row, PlayRow):
            self._view.keeper.take_out(row.id, row.title)
        else:
            self._view.keeper.restore(row.play, row.line.under or row.line.id)

    def _purge(self, row: PlayRow | Lying) -> None:
        spawn(self._ask_purge(row), name="purge")

    async def _ask_title(self, row: PlayRow) -> None:
        about = self.tr("What was said keeps the prompts it was made with.")
        dialog = AskText(self.tr("Rename the play"), about, row.title, parent=self._view)
        accepted = await ask(dialog) == QDialog.DialogCode.Accepted.value
        if accepted and dialog.text().strip() and dialog.text().strip() != row.title:
            self._view.keeper.rename(row.id, dialog.text())

    async def _ask_export(self, play_id: str, line: str) -> None:
        try:
            play = await self._desk.director.open(play_id)
        except KnownError as error:
            self._desk.wishes.said.emit(error.sentence)
            return
        session = self._desk.session
        here = session.leaf() if session.play is not None and session.play.id == play.id else None
        leaf = here.id if here is not None else ""
        dialog = Export(play, line, self._desk.choosing, self._view, leaf=leaf)
        await ask(dialog)
        if dialog.wanted is not None:
            self._desk.chores.export(dialog.wanted, play.scene.title, dialog.target)

    async def _ask_purge(self, row: PlayRow | Lying) -> None:
        keeper, librarian = self._view.keeper, self._desk.director.librarian
        play, line = (row.id, None) if isinstance(row, PlayRow) else (row.play, row.line.id)
        try:
            marked = await librarian.marked(play, line)
        except KnownError as error:
            self._desk.wishes.said.emit(error.sentence)
            return
        count = len(marked.lines) + (row.lines if isinstance(row, PlayRow) else 0)
        question = self.tr("Purge {0} for good?").format(words.count(count, "line"))
        about = self.tr(
            "Their words, tokens, notes and prompts go; nobody can undo it, nor any step made "
            "in the play before. Before that a backup is made, which still holds them."
        )
        sure = Sure(question, about, self.tr("Purge for good"), self._view)
        if await ask(sure) == QDialog.DialogCode.Accepted.value:
            (keeper.purge_all if line is None else keeper.purge_line)(play, line or "")

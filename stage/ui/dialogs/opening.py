"""Which dialog is opened for what, and what is done with its answer."""

import time
from operator import methodcaller
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from stage import __version__
from stage.director.cards import known, read_lorebook
from stage.director.opened import OpenPlay
from stage.director.working import Work
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.ui import words
from stage.ui.actions import keys
from stage.ui.desk.telling import telling
from stage.ui.dialogs.actors import Actors
from stage.ui.dialogs.alike import cast_alike
from stage.ui.dialogs.asking import ask
from stage.ui.dialogs.lore import LoreEditor
from stage.ui.dialogs.lore_into import LoreInto
from stage.ui.dialogs.new_play import NewPlay
from stage.ui.dialogs.palette import Palette
from stage.ui.dialogs.recast import Recast
from stage.ui.dialogs.settings import SettingsDialog
from stage.ui.dialogs.sheets import AboutSheet, PromptSheet, ShortcutSheet
from stage.ui.dialogs.system import SystemCheck
from stage.ui.dialogs.text import AskText

if TYPE_CHECKING:
    from stage.ui.window.window import Window


class Dialogs(QObject):
    """Opens dialogs over a window."""

    def __init__(self, window: "Window") -> None:
        """Open them over `window`."""
        super().__init__(window)
        self._desk, self._window = window.desk, window

    def new_play(self) -> None:
        """Ask for a scene and its models, then set it."""
        spawn(self.ask_new_play(), name="new play")

    def new_alike(self) -> None:
        """Ask for a play with the cast of the one on stage, then set it."""
        spawn(self.ask_new_play(alike=True), name="new play with this cast")

    def open_file(self) -> None:
        """Ask for a file, and take it in: a play, card, scene, model or library."""
        names = self.tr(
            "All that Stage reads (*.stage *.jsonl *.json *.png *.charx *.toml *.gguf *.db)"
        )
        names = f"{names};;{self.tr('All files (*)')}"
        title, chosen = self.tr("Open a file"), self._desk.wishes.file.emit
        self._desk.choosing.one(self._window, "plays", title, names, chosen)

    def import_card(self) -> None:
        """Go to the cast, and ask for a card file there."""
        self._window.panes.go("cast")
        self._window.panes.ask("cast", methodcaller("choose_card"))

    def prompt(self) -> None:
        """Show the prompt of the chosen line exactly as it was sent."""
        spawn(telling(self._ask_prompt(), self._desk.wishes.said.emit), name="prompt as sent")

    def lore(self) -> None:
        """Edit the play's own lorebook."""
        play = self._desk.session.play
        if play is not None:
            spawn(self._ask_lore(LoreEditor(play.scene.book, self._window), play), name="lorebook")

    async def _ask_lore(self, editor: LoreEditor, play: OpenPlay) -> None:
        done = await ask(editor) == QDialog.DialogCode.Accepted.value
        book = editor.book()
        if done and book is not play.scene.book and play is self._desk.session.play:
            self._desk.steps.do("lore", play.start, book=book, replace=True)

    async def ask_lore_into(self, file: Path) -> None:
        """Ask into which book a lorebook goes. Raises KnownError."""
        session = self._desk.session
        found, play, line = await read_lorebook(file), session.play, session.chosen_line()
        if play is None or line is None:
            said = self.tr("{0} is a lorebook; open the play that it is for first.")
            self._desk.wishes.said.emit(said.format(file.name))
            return
        dialog = LoreInto(found, file.name, play.cast(line.id).members, self._window)
        if await ask(dialog) == QDialog.DialogCode.Accepted.value:
            at = line.id if "member" in dialog.keys else play.start
            self._desk.steps.do("lore", at, **dialog.keys)

    def palette(self) -> None:
        """Offer every action, and do the one that is chosen."""
        spawn(self._ask_palette(), name="palette")

    def recast(self, member: str) -> None:
        """Ask who plays a member from here on, and do it."""
        spawn(telling(self._ask_recast(member), self._desk.wishes.said.emit), name="recast")

    def settings(self) -> None:
        """Show what can be preferred."""
        desk = self._desk
        dialog = SettingsDialog(desk.prefs, desk.machine, desk.choosing, self._window)
        spawn(ask(dialog), name="settings")

    def system(self) -> None:
        """Check this machine, and show what is found."""
        spawn(ask(SystemCheck(self._desk.machine, self._window)), name="system check")

    def shortcuts(self) -> None:
        """Show every action with its keys."""
        preset = keys.preset(self._desk.settings.keys)
        about = self.tr("Preset {0}. {1}").format(preset.title, words.tr("keys", preset.about))
        sheet = ShortcutSheet(self._window.menus.sheet(), self._window, about=about)
        spawn(ask(sheet), name="shortcuts")

    def notices(self) -> None:
        """Show what was said at the foot of late, the last of it first."""
        told, now = self._window.foot.told, time.time()
        rows = [f"{words.moment(at, now)}  {said}" for at, said in reversed(told)]
        about = self.tr("Since the window was opened, the last notice first.")
        none = self.tr("Nothing was said yet.")
        sheet = PromptSheet(
            "\n".join(rows), about if rows else none, (), self._window, self.tr("Notices")
        )
        spawn(ask(sheet), name="notices")

    def about(self) -> None:
        """Say what Stage is."""
        rows = [
            self.tr("Version {0}").format(__version__),
            self.tr("Local language-model personas in dialogue. Nothing leaves this machine."),
            self.tr("Fonts: Inter and Noto Serif, SIL Open Font License 1.1."),
        ]
        spawn(ask(AboutSheet(rows, self._window)), name="about")

    def edit_line(self) -> None:
        """Ask for another wording of the chosen line; it becomes a sibling."""
        session = self._desk.session
        line, play = session.chosen_line(), session.play
        if line is None or play is None:
            return
        about = self.tr("Becomes a sibling; the line stays as it is.")
        also = (
            self.tr("What follows the line follows the new text") if play.children(line.id) else ""
        )
        dialog = AskText(
            self.tr("Edit as a sibling"), about, line.text, page=True, also=also,
            parent=self._window,
        )  # fmt: skip
        dialog.also.setChecked(bool(also) and bool(session.saved.get("edit onward", False)))
        spawn(self._ask_edit(dialog, line.id), name="edit")

    async def _ask_edit(self, dialog: AskText, line: str) -> None:
        if await ask(dialog) != QDialog.DialogCode.Accepted.value:
            return
        onward = dialog.also.isChecked()
        if dialog.also.text():
            self._desk.session.saved.put("edit onward", onward)
        more = {"onward": True} if onward else {}
        self._desk.steps.do("edit", line, text=dialog.text(), **more)

    def note(self) -> None:
        """Ask for a note on the chosen line."""
        line = self._desk.session.chosen_line()
        if line is not None:
            about = self.tr("Kept with the line, never sent to a model. Empty takes it off.")
            dialog = AskText(self.tr("Note"), about, line.note, page=True, parent=self._window)
            spawn(self._ask_note(dialog, line.id), name="note")

    async def _ask_note(self, dialog: AskText, line: str) -> None:
        if await ask(dialog) == QDialog.DialogCode.Accepted.value:
            self._desk.steps.do("note", line, text=dialog.text())

    async def _ask_palette(self) -> None:
        dialog = Palette(self._window.menus.offers(), self._window)
        await ask(dialog)
        if dialog.chosen:
            self._window.menus.do(dialog.chosen)

    async def ask_new_play(self, scene: Path | None = None, *, alike: bool = False) -> None:
        """Ask for a scene, such as that of a file, and its models, then set it.

        Args:
            alike: it has the cast of the play on stage.
        """
        dialog, saved = NewPlay(self._desk.choosing, self._window), self._desk.session.saved
        if isinstance(kept := saved.get("you"), list) and len(kept) == 2:
            dialog.own.be(*map(str, kept))
        if scene is not None:
            dialog.choose_scene(str(scene))
        stocking = spawn(self._stock(dialog, alike), name="what a new play may have")
        try:
            await ask(dialog)
        finally:
            stocking.cancel()
        if dialog.scene is None:
            return
        if you := dialog.own.you.text().strip():
            saved.put("you", [you, dialog.own.about.text().strip()])
        try:
            self._desk.session.show(await self._desk.director.new_play(dialog.scene))
        except KnownError as error:
            self._desk.wishes.said.emit(error.sentence)
            return
        self._desk.wishes.focus.emit("composer")

    async def _stock(self, dialog: NewPlay, alike: bool) -> None:
        """Offer what personas and models there are, while the dialog is open already."""
        session, cards = self._desk.session, await known()
        dialog.own.offer(cards)
        if alike and session.play is not None:
            cast_alike(dialog.own, session.play, session.cast, cards)
        async for some in self._desk.director.shelving.scan(Work()):
            dialog.offer_models(some)

    async def _ask_recast(self, member: str) -> None:
        session, director = self._desk.session, self._desk.director
        play, leaf = session.play, session.leaf()
        if play is None or leaf is None:
            return
        cast, versions = session.cast, {}
        for each in cast:
            versions[each.id] = await director.versions(each)
        dialog = Recast(cast, play.titles, play.present(leaf.id), versions, self._window)
        dialog.choose(member)
        stocking = spawn(self._shelf(dialog, play), name="what models there are")
        try:
            await ask(dialog)
        finally:
            stocking.cancel()
        for name, given in dialog.asked:
            try:
                done = await director.do(
                    play.id, name, {**given, "line": session.lanes[session.at].leaf}
                )
            except KnownError as error:
                self._desk.wishes.said.emit(error.sentence)
                return
            if done.made:
                session.move(session.at, done.made[-1])
        session.refresh()

    async def _shelf(self, dialog: Recast, play: OpenPlay) -> None:
        """Offer every model of the shelf, while the dialog is open already."""
        actors = Actors()
        dialog.offer(actors.new_to(play))
        async for some in self._desk.director.shelving.scan(Work()):
            actors.find(some)
            dialog.offer(actors.new_to(play))

    async def _ask_prompt(self) -> None:
        line = self._desk.session.chosen_line()
        if line is None or line.model is None:
            return
        prompt = (await self._desk.director.line(line.id)).prompt
        if prompt:
            read = words.count(len(prompt["tokens"]), "token")
            about = self.tr("{0}, evaluated exactly as shown here.").format(read)
            beside = words.beside_prompt(prompt)
            await ask(PromptSheet(prompt["text"], about, beside, self._window))

"""Which dialog is opened for what, and what is done with its answer."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from stage import __version__
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.ui import words
from stage.ui.asking import ask
from stage.ui.desk import Desk
from stage.ui.dialogs.new_play import NewPlay
from stage.ui.dialogs.recast import Recast
from stage.ui.dialogs.sheets import AboutSheet, PromptSheet, ShortcutSheet


class Dialogs(QObject):
    """Opens dialogs over a window."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        """Open them over `window`."""
        super().__init__(window)
        self._desk, self._window = desk, window

    def new_play(self) -> None:
        """Ask for a scene and its models, then set it."""
        spawn(self._ask_new_play(), name="new play")

    def prompt(self) -> None:
        """Show the prompt of the chosen line exactly as it was sent."""
        spawn(self._ask_prompt(), name="prompt as sent")

    def recast(self, member: str) -> None:
        """Ask who plays a member from here on, and do it."""
        spawn(self._ask_recast(member), name="recast")

    def shortcuts(self, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
        """Show every action with its keys."""
        spawn(ask(ShortcutSheet(groups, self._window)), name="shortcuts")

    def about(self) -> None:
        """Say what Stage is."""
        rows = [
            self.tr("Version {0}").format(__version__),
            self.tr("Local language-model personas in dialogue. Nothing leaves this machine."),
            self.tr("Fonts: Inter and Noto Serif, SIL Open Font License 1.1."),
        ]
        spawn(ask(AboutSheet(rows, self._window)), name="about")

    async def _ask_new_play(self) -> None:
        dialog = NewPlay(self._window)
        await ask(dialog)
        if dialog.scene is None:
            return
        try:
            self._desk.session.show(await self._desk.director.new_play(dialog.scene))
        except KnownError as error:
            self._desk.wishes.said.emit(error.sentence)
            return
        self._desk.wishes.focus.emit("composer")

    async def _ask_recast(self, member: str) -> None:
        session, director = self._desk.session, self._desk.director
        play, leaf = session.play, session.leaf()
        if play is None or leaf is None:
            return
        cast, versions = session.cast, {}
        for each in cast:
            versions[each.id] = await director.versions(each)
        dialog = Recast(cast, session.models, play.present(leaf.id), versions, self._window)
        dialog.choose(member)
        await ask(dialog)
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

    async def _ask_prompt(self) -> None:
        line = self._desk.session.chosen_line()
        if line is None or line.model is None:
            return
        prompt = (await self._desk.director.line(line.id)).prompt
        if prompt:
            read = words.count(len(prompt["tokens"]), self.tr("token"), self.tr("tokens"))
            about = self.tr("{0}, evaluated exactly as shown here.").format(read)
            beside = words.beside_prompt(prompt)
            await ask(PromptSheet(prompt["text"], about, beside, self._window))

"""Menus, shortcuts, palette and shortcut page, made from the table of actions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from stage.ui.actions import keys
from stage.ui.actions.needs import lacks, what_is_there
from stage.ui.actions.nicknames import NICKNAMES
from stage.ui.actions.table import ACTIONS, MENUS, Action
from stage.ui.dress import theme
from stage.ui.widgets.labels import plain_tip
from stage.ui.words import tr

if TYPE_CHECKING:
    from stage.ui.window.window import Window

OF_A_LINE = (
    "again", "resume", "edit", "new-child", "stand", "", "copy", "note", "tag", "bookmark", "pin",
    "", "recast", "compare", "prompt", "", "delete-line", "delete",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offer:
    """An action as the palette offers it.

    Attributes:
        words: what it would do now.
        menu: where it stands, "" for nowhere.
        keys: as they are written on a keyboard, "" for none.
        why: why it cannot be done now, "" when it can.
        nicknames: what other programs call it.
    """

    id: str
    words: str
    menu: str
    keys: str
    why: str
    nicknames: str = ""


class Menus(QObject):
    """The menu bar and every action of the table, kept on or off with a reason."""

    def __init__(self, frame: "Window", bar: QMenuBar, owner: QWidget) -> None:
        """Fill a menu bar; shortcuts act in `owner`."""
        super().__init__(owner)
        self._frame = frame
        self._owner = owner
        self.actions: dict[str, QAction] = {}
        self.quiet: dict[str, dict[keys.Layer, QAction]] = {}
        self._menus: dict[str, QMenu] = {}
        speaks = keys.preset(frame.desk.settings.keys).enter
        self._entered: bool | None = False if speaks else None  # what Enter did before a preset
        for title in MENUS:
            said = tr("actions", title)
            menu = self._menus[title] = bar.addMenu(said.replace("&", ""))
            letter = said.partition("&")[2][:1].upper()
            reached = [f"Alt+{letter}"] if letter.isalpha() and letter.isascii() else []
            self._reach(bar, menu, [*reached, *(["F10"] if title == MENUS[0] else [])])
            menu.aboutToShow.connect(self.refresh)
            menu.aboutToHide.connect(self._release)
            _dress(menu)
        for action in ACTIONS:
            self._add(action)
        self.bind()
        frame.desk.prefs.changed.connect(self._preferred)
        frame.desk.wishes.menu.connect(self.open_at)

    def bind(self) -> None:
        """Give every action the keys of the chosen preset."""
        for action in ACTIONS:
            self.actions[action.id].setShortcuts(self._in(action, "everywhere"))
            for layer, quiet in self.quiet[action.id].items():
                quiet.setShortcuts(self._in(action, layer))
            self._name(action)

    def add_to(self, part: QWidget, where: keys.Layer = "lane") -> None:
        """Let plain letters act while something that is read has the keyboard."""
        layers = (where,) if where == "empty" else ("reading", where)
        for quiet in self.quiet.values():
            part.addActions([each for layer, each in quiet.items() if layer in layers])

    def open_at(self, where: QPoint) -> None:
        """Show what can be done with the chosen line; a key on it does the same."""
        self.refresh()
        menu = QMenu(self._owner)
        theme.dress(menu, "menu")
        for name in OF_A_LINE:
            if name:
                menu.addAction(self.actions[name])
            else:
                menu.addSeparator()
        menu.aboutToHide.connect(self._release)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def refresh(self) -> None:
        """Set every action on or off; an off one says why."""
        there = what_is_there(self._frame)
        for action in ACTIONS:
            made = self.actions[action.id]
            why = lacks(there, action.needs)
            self._name(action)
            made.setEnabled(not why)
            made.setToolTip(why or plain_tip(self._words(action)))
            if action.checked is not None:
                made.setChecked(action.checked(self._frame))

    def do(self, name: str) -> None:
        """Do an action by its id, or say why it cannot be done."""
        action = next(each for each in ACTIONS if each.id == name)
        why = lacks(what_is_there(self._frame), action.needs)
        if why:
            self._frame.desk.wishes.said.emit(why)
        else:
            action.do(self._frame)

    def offers(self) -> list[Offer]:
        """Every action as it is now, in the order of the table."""
        there = what_is_there(self._frame)
        return [
            Offer(action.id, self._words(action), self._menu(action), self._shown(action),
                  lacks(there, action.needs), NICKNAMES.get(action.id, ""))
            for action in ACTIONS
        ]  # fmt: skip

    def sheet(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Titles and keys, by menu; then what is clicked with keys held."""
        rows = [(tr("actions", menu).replace("&", ""), list(self._rows(menu))) for menu in MENUS]
        clicks = list(self._clicks())
        return [*rows, *([(self.tr("In a text"), clicks)] if clicks else [])]

    def _clicks(self) -> Iterator[tuple[str, str]]:
        said = {"line": self.tr("Choose the line"), "token": self.tr("Look at the token"),
                "split": self.tr("Split the line there")}  # fmt: skip
        for what, held in keys.preset(self._frame.desk.settings.keys).clicks.items():
            yield said[what], self.tr("{0}+click").format(held)

    def _rows(self, menu: str) -> Iterator[tuple[str, str]]:
        for action in ACTIONS:
            shown = self._all_shown(action)
            if action.menu.partition("/")[0] == menu and shown:
                yield tr("actions", action.name), shown
            elif menu == "&Walk" and action.id == "child-1" and shown:
                yield self.tr("On to a child, by its number"), self._up_to(shown, "child-")
            elif menu == "&Branch" and action.id == "tag-1" and shown:
                yield self.tr("Put a tag on or off, by its key"), self._up_to(shown, "tag-")
            elif menu == "&Play" and action.id.startswith("sampler-") and shown:
                yield tr("actions", action.name), shown

    def _up_to(self, first: str, numbered: str) -> str:
        """The keys of numbered actions: "1 to 9"."""
        mine = [self._shown(each) for each in ACTIONS if each.id.startswith(numbered)]
        last = [each for each in mine if each][-1]
        return first if first == last else self.tr("{0} to {1}").format(first, last[-1:])

    def _reach(self, bar: QMenuBar, menu: QMenu, reached: Sequence[str]) -> None:
        """Open a menu with Alt and its letter, without a line under the letter; F10: the first."""
        opener = QAction(menu.title(), self._owner)
        opener.setShortcuts([QKeySequence(each) for each in reached])
        opener.triggered.connect(partial(bar.setActiveAction, menu.menuAction()))
        self._owner.addAction(opener)

    def _add(self, action: Action) -> None:
        made = QAction(self._owner)
        made.setCheckable(action.checked is not None)
        given = [key for each in keys.presets() for key in each.of(action.id, action.keys)]
        layers = {keys.layer(key) for key in given} - {"everywhere"}
        quiet = {layer: QAction(self) for layer in layers}
        for each in (made, *quiet.values()):
            each.triggered.connect(partial(self.do, action.id))
        for each in quiet.values():
            each.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.actions[action.id], self.quiet[action.id] = made, quiet
        self._owner.addAction(made)
        if action.menu:
            menu = self._menus.get(action.menu) or self._group(action.menu)
            if action.title.startswith("-"):
                menu.addSeparator()
            menu.addAction(made)

    def _group(self, path: str) -> QMenu:
        """A menu within another one, at the place of its first action."""
        outer, _, title = path.partition("/")
        made = self._menus[path] = self._menus[outer].addMenu(tr("actions", title))
        _dress(made)
        return made

    def _name(self, action: Action) -> None:
        made = self.actions[action.id]
        words, key = self._words(action), self._shown(action)
        aside = f"\t{key}" if key and not made.shortcuts() else ""
        made.setText(words.replace("&", "&&") + aside)

    def _words(self, action: Action) -> str:
        now = action.words(self._frame) if action.words else ""
        return now or tr("actions", action.title.removeprefix("-"))

    def _menu(self, action: Action) -> str:
        titles = filter(None, action.menu.split("/"))
        return ", ".join(tr("actions", each).replace("&", "") for each in titles)

    def _keys(self, action: Action) -> tuple[str, ...]:
        return keys.preset(self._frame.desk.settings.keys).of(action.id, action.keys)

    def _in(self, action: Action, layer: keys.Layer) -> list[QKeySequence]:
        """The keys of an action that act there."""
        found = (key for key in self._keys(action) if keys.layer(key) == layer)
        return [QKeySequence(keys.bare(key)) for key in found]

    def _shown(self, action: Action) -> str:
        return keys.shown(next(iter(self._keys(action)), ""))

    def _all_shown(self, action: Action) -> str:
        """The keys of an action, those apart that act in one place only if there are others."""
        mine = self._keys(action)
        wide = [each for each in mine if keys.layer(each) in ("everywhere", "reading")]
        typed = action.id == "speak" and self._frame.desk.settings.enter_speaks
        names = [*([self.tr("Enter")] if typed else []), *map(keys.shown, wide or mine[:1])]
        first, *others = dict.fromkeys(names) or ("",)
        for each in others:
            first = self.tr("{0} or {1}").format(first, each)
        return first

    def _release(self) -> None:
        # An action that is off when its menu closes would leave its key without an answer.
        for made in self.actions.values():
            made.setEnabled(True)

    def _preferred(self, name: str) -> None:
        if name == "keys":
            self.bind()
            self._enter(keys.preset(self._frame.desk.settings.keys).enter)

    def _enter(self, speaks: bool) -> None:
        """A preset may let Enter speak; the next one gives back how it was."""
        prefs = self._frame.desk.prefs
        if speaks and self._entered is None:
            self._entered = self._frame.desk.settings.enter_speaks
            prefs.set("enter_speaks", True)
        elif not speaks and self._entered is not None:
            prefs.set("enter_speaks", self._entered)
            self._entered = None


def _dress(menu: QMenu) -> None:
    menu.setToolTipsVisible(True)
    theme.dress(menu, "menu")

"""Every action in one table: menus, shortcuts, the palette and the shortcut page come from it."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import methodcaller
from typing import TYPE_CHECKING, Any

from stage.play.tags import KEYS as TAG_KEYS
from stage.ui.actions import ahead, keys, stagecraft, undoing
from stage.ui.actions.needs import Needs
from stage.ui.lanes.lanes import HISTORIES, History
from stage.ui.runs.named import ACTS

if TYPE_CHECKING:
    from stage.ui.window.window import Window


@dataclass(frozen=True)
class Action:
    """One thing a user can do.

    Attributes:
        title: what it is called; one that starts with "-" follows a rule in its menu.
        keys: the first one is shown. Plain letters act only while a transcript has the keyboard;
            presets (resources/keys) may give others.
        menu: the menu it stands in, "MENU/GROUP" for a menu in it; "" for none: the palette has it.
        needs: what must be there, else it is off and says why.
        checked: tells whether it is on, for actions that switch.
        words: what it is called at this moment instead of its title; "" for the title.
    """

    id: str
    title: str
    keys: tuple[str, ...]
    menu: str
    needs: Needs
    do: Callable[["Window"], object]
    checked: Callable[["Window"], bool] | None = None
    words: Callable[["Window"], str] | None = None

    @property
    def name(self) -> str:
        """The title without its rule and its dots."""
        return self.title.removeprefix("-").removesuffix(" ...")


MENUS = ("&File", "&Edit", "&Play", "&Branch", "&Walk", "&Outline", "&View", "He&lp")


def _scheme(name: str) -> tuple[Callable[["Window"], object], Callable[["Window"], bool]]:
    return (
        lambda window: window.set_scheme(name),
        lambda window: window.desk.settings.scheme == name,
    )


def _colour(by: str, title: str, needs: Needs) -> Action:
    return Action(f"colour-{by}", title, (), "&View/Tokens", needs, lambda f: f.acts.colour_by(by),
                  checked=lambda f: f.desk.looks.by == by)  # fmt: skip


def _child(number: int) -> Action:
    return Action(f"child-{number}", f"On to child {number}", (f"Ctrl+{number}",), "", "line",
                  lambda f: f.acts.child(number))  # fmt: skip


def _tag_key(key: str) -> Action:
    return Action(f"tag-{key}", f"The tag of key {key}", (key,), "", "line",
                  lambda f: f.tree.tag_by(key), words=lambda f: f.tree.tag_of(key))  # fmt: skip


def _rating(value: int) -> Action:
    title = f"Rate {value} of 5" if value else "Take the rating off"
    return Action(f"rate-{value}", title, (), "", "line",
                  lambda f: f.acts.operate("rate", value=value))  # fmt: skip


def _view(name: str, title: str, shortcut: tuple[str, ...]) -> Action:
    return Action(f"view-{name}", title, shortcut, "&View", "nothing",
                  lambda f: f.go(name), checked=lambda f: f.panes.at == name)  # fmt: skip


def _sort(order: str, title: str) -> Action:
    return Action(f"sort-{order}", title, (), "&Outline", "play",
                  lambda f: f.tree.show(order=order),
                  checked=lambda f: f.tree.shows("order") == order)  # fmt: skip


def _lanes(count: int) -> Action:
    title = ("-One lane", "Two lanes", "Three lanes", "Four lanes")[count - 1]
    return Action(f"lanes-{count}", title, (f"Alt+{count}",), "&View/Lanes", "play",
                  lambda f: f.desk.session.set_lanes(count),
                  checked=lambda f: len(f.desk.session.lanes) == count)  # fmt: skip


def _history(kind: History) -> Action:
    title = {"own": "-Own history for this lane", "shared": "Shared history for this lane",
             "frozen": "Freeze this lane's transcript"}[kind]  # fmt: skip
    return Action(f"lane-{kind}", title, (), "&View/Lanes", "play",
                  lambda f: f.desk.session.set_lane(f.desk.session.at, history=kind),
                  checked=lambda f: f.acts.lane().history == kind)  # fmt: skip


def _on(
    view: str, name: str, title: str, shortcut: tuple[str, ...], do: Callable[[Any], object]
) -> Action:
    """What one view does with its play; the view is gone to."""

    def done(window: "Window") -> None:
        window.panes.go(view)
        window.panes.ask(view, do)

    menu = f"&View/On the {view}" if view in ("map", "path") else ""
    return Action(name, title, shortcut, menu, "play", done)


def _map_colour(mode: str, title: str) -> Action:
    rule = "-" * (mode == "speaker")
    return _on("map", f"map-{mode}", f"{rule}Colour the map by {title}", (),
               lambda view: view.colour_by(mode))  # fmt: skip


_AUTO, _LIGHT, _DARK = _scheme("auto"), _scheme("light"), _scheme("dark")

ACTIONS: tuple[Action, ...] = (
    Action("new", "New play ...", ("Ctrl+N",), "&File", "nothing", lambda f: f.dialogs.new_play()),
    Action("new-alike", "New play with this cast ...", (), "&File", "play",
           lambda f: f.dialogs.new_alike()),
    Action("plays", "Find a play", ("Ctrl+P",), "&File", "nothing",
           lambda f: f.acts.library("plays")),
    Action("import", "Import ...", ("Ctrl+O",), "&File", "nothing",
           lambda f: f.dialogs.open_file()),
    Action("export", "Export ...", ("Ctrl+Shift+E",), "&File", "play", lambda f: f.acts.export()),
    Action("search", "-Search all lines", ("Ctrl+Shift+F",), "&File", "nothing",
           lambda f: f.acts.search()),
    Action("history", "History", ("Ctrl+Shift+H",), "&File", "play",
           lambda f: f.acts.library("history")),
    Action("bin", "Bin", ("Ctrl+Shift+B",), "&File", "nothing", lambda f: f.acts.library("bin")),
    Action("backup", "-Back up now", (), "&File", "nothing", lambda f: f.acts.chore("back_up")),
    Action("check", "Check the library", (), "&File", "nothing", lambda f: f.acts.chore("check")),
    Action("load-model", "-Load the chosen model", (), "&File", "nothing",
           lambda f: f.acts.model("load")),
    Action("unload-model", "Unload the chosen model", (), "&File", "nothing",
           lambda f: f.acts.model("unload")),
    Action("import-card", "Import a card ...", (), "&File", "nothing",
           lambda f: f.dialogs.import_card()),
    Action("settings", "-Settings ...", ("Ctrl+,",), "&File", "nothing",
           lambda f: f.dialogs.settings()),
    Action("quit", "-Quit", ("Ctrl+Q",), "&File", "nothing", lambda f: f.shut()),

    Action("undo", "Undo", ("Ctrl+Z",), "&Edit", "back", undoing.undo,
           words=undoing.undoes),
    Action("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "&Edit", "forth",
           lambda f: f.desk.steps.redo(), words=lambda f: f.desk.steps.forth),
    Action("copy", "-Copy the line", ("Ctrl+Shift+C",), "&Edit", "line",
           lambda f: f.acts.copy_line()),
    Action("copy-address", "Copy an address in the line ...", (), "&Edit", "line",
           lambda f: f.tree.copy_address()),
    Action("copy-id", "Copy the id of the line", (), "&Edit", "line", lambda f: f.tree.copy_id()),
    Action("find", "-Find in this path", ("Ctrl+F",), "&Edit", "play", lambda f: f.tree.find()),
    Action("palette", "-Find an action ...", ("Ctrl+Shift+P",), "&Edit", "nothing",
           lambda f: f.dialogs.palette()),

    Action("speak", "Speak", ("Ctrl+Return", "Ctrl+Enter"), "&Play", "rest", lambda f: f.speak()),
    Action("fan-out", "Fan out", ("Ctrl+Space",), "&Play", "rest", lambda f: f.fan_out()),
    Action("fan-out-both", "Fan out on both models", ("Ctrl+Alt+Return", "Ctrl+Alt+Enter"), "&Play",
           "models", lambda f: f.desk.turns.both(f.desk.settings.fan_out)),
    Action("both", "Both models, a take each", ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"), "&Play",
           "models", lambda f: f.desk.turns.both()),
    Action("stop", "Stop", ("Esc",), "&Play", "running", lambda f: f.desk.turns.stop()),
    Action("write", "-Write a line", ("Ctrl+L",), "&Play", "play",
           lambda f: f.focus_on("composer")),
    Action("transcript", "Read the lane", ("Ctrl+Shift+L",), "&Play", "play",
           lambda f: f.acts.read_lane()),
    Action("next", "Choose who speaks next", ("Ctrl+E",), "&Play", "play",
           lambda f: f.focus_on("next")),
    Action("answers", "Answer when I have spoken", (), "&Play", "play",
           lambda f: f.desk.answering.switch(not f.desk.answering.on),
           checked=lambda f: f.desk.answering.on),
    Action("expect", "Ask whom the model expects", ("Ctrl+J",), "&Play", "rest",
           lambda f: f.acts.expect()),
    Action("impersonate", "Let a model write your line", ("Ctrl+I",), "&Play", "rest",
           lambda f: f.desk.cues.impersonate()),
    Action("ghost-keep", "-Keep the ghost line", ("Ctrl+Alt+K",), "&Play", "ghost",
           lambda f: f.desk.cues.choose("keep")),
    Action("ghost-give", "Give the ghost line to its persona", ("Ctrl+Alt+G",), "&Play", "ghost",
           lambda f: f.desk.cues.choose("give")),
    Action("ghost-fork", "Fork the ghost line both ways", ("Ctrl+Alt+F",), "&Play", "ghost",
           lambda f: f.desk.cues.choose("fork")),
    Action("ghost-leave", "Leave the ghost line", ("Ctrl+Alt+L",), "&Play", "ghost",
           lambda f: f.desk.cues.choose("leave")),
    Action("recast", "Recast ...", ("Ctrl+Shift+R",), "&Play", "rest", lambda f: f.acts.recast()),
    Action("lore", "The play's lorebook ...", (), "&Play", "rest", lambda f: f.dialogs.lore()),
    *(Action(*each[:2], (), "&Play", *each[2:]) for each in stagecraft.offered()),
    *(Action(name, title, (), "", "performer", do) for name, title, do in ahead.offered()),

    Action("again", "Another take", ("Ctrl+Shift+Space", "Ctrl+R"), "&Branch", "generated",
           lambda f: f.acts.again()),
    Action("resume", "Go on with the line", ("Ctrl+Alt+C",), "&Branch", "generated",
           lambda f: f.tokens.resume()),
    Action("new-child", "Write after the chosen line", ("H",), "&Branch", "line",
           lambda f: f.acts.write_here()),
    Action("new-sibling", "Write beside the chosen line", (), "&Branch", "line",
           lambda f: f.acts.write_beside()),
    Action("new-parent", "Write before the chosen line ...", (), "&Branch", "line",
           lambda f: f.tree.write_before()),
    Action("edit", "Edit as a sibling ...", ("E",), "&Branch", "line",
           lambda f: f.dialogs.edit_line()),
    Action("split", "-Split at the text cursor", ("Alt+S",), "&Branch", "line",
           lambda f: f.splitting.split()),
    Action("merge", "Merge with the line above", ("Alt+M",), "&Branch", "line",
           lambda f: f.acts.operate("merge")),
    Action("split-new", "Split, and write another end", ("Alt+C",), "&Branch", "line",
           lambda f: f.splitting.split_with_child()),
    Action("move-up", "Up among its siblings", (), "&Branch", "siblings",
           lambda f: f.tree.shift(-1)),
    Action("move-down", "Down among its siblings", (), "&Branch", "siblings",
           lambda f: f.tree.shift(1)),
    Action("reparent", "Move the branch under another line", (), "&Branch", "line",
           lambda f: f.tree.take(), words=lambda f: f.tree.taking()),
    Action("name", "-Title ...", ("F2",), "&Branch", "line", lambda f: f.tree.name_line()),
    Action("name-play", "Title of the play ...", (), "", "play", lambda f: f.tree.name_play()),
    Action("pin", "Pin: keep it in prompts longest", ("^",), "&Branch", "line",
           lambda f: f.acts.mark("pin"), checked=lambda f: f.acts.marked("pin")),
    Action("mark-read", "Mark the branch as read", (), "", "line",
           lambda f: f.acts.operate("read", scope="subtree")),
    Action("bookmark", "-Bookmark", ("Ctrl+B", "B"), "&Branch", "line",
           lambda f: f.acts.mark("bookmark"), checked=lambda f: f.acts.marked("bookmark")),
    Action("canonical", "The path that counts", ("*",), "&Branch", "line",
           lambda f: f.acts.mark("canonical"), checked=lambda f: f.acts.marked("canonical")),
    Action("archive", "Archive", ("!",), "&Branch", "line",
           lambda f: f.acts.mark("archive"), checked=lambda f: f.acts.marked("archive")),
    Action("note", "Note ...", ("#",), "&Branch", "line", lambda f: f.dialogs.note()),
    Action("tag", "Tag ...", ("T",), "&Branch", "line", lambda f: f.tree.tag()),
    *(_tag_key(key) for key in TAG_KEYS),
    *(_rating(value) for value in range(6)),
    Action("compare", "-Compare with its siblings", ("Ctrl+D",), "&Branch", "line",
           lambda f: f.acts.compare()),
    Action("compare-lanes", "Compare the lanes", (), "", "play", lambda f: f.acts.compare_lanes()),
    Action("compare-add", "Compare this branch, too", (), "", "line",
           lambda f: f.acts.compare_too()),
    Action("compare-blind", "Compare blind", (), "", "play",
           lambda f: f.desk.compared.set_blind(not f.desk.compared.blind),
           checked=lambda f: f.desk.compared.blind),
    Action("prune", "-Keep only this branch", (), "&Branch", "line",
           lambda f: f.acts.operate("prune")),
    Action("delete", "Delete the branch", ("Alt+Backspace",), "&Branch", "line",
           lambda f: f.acts.operate("delete")),
    Action("delete-line", "Delete only this line", ("Alt+Shift+Backspace",), "&Branch", "line",
           lambda f: f.acts.operate("delete", only=True)),

    Action("sibling-after", "Next sibling", ("Alt+Down",), "&Walk", "more",
           lambda f: f.desk.siblings.go(1), words=lambda f: f.acts.sibling_words()),
    Action("sibling-before", "Previous sibling", ("Alt+Up",), "&Walk", "siblings",
           lambda f: f.desk.siblings.go(-1)),
    Action("parent", "Back to the line before", ("Alt+Left",), "&Walk", "line",
           lambda f: f.desk.turns.back()),
    Action("child", "On to the next line", ("Alt+Right",), "&Walk", "line",
           lambda f: f.desk.turns.onward()),
    *(_child(number) for number in range(1, 10)),
    Action("root", "Back to the beginning", ("R",), "&Walk", "line", lambda f: f.acts.root()),
    Action("stand", "Continue from the chosen line", ("Alt+Return", "Alt+Enter"), "&Walk", "line",
           lambda f: f.tokens.go_on(), words=lambda f: f.tokens.going_on()),
    Action("line-down", "-Line down", ("lane J",), "&Walk", "play", lambda f: f.acts.step_line(1)),
    Action("line-up", "Line up", ("lane K",), "&Walk", "play", lambda f: f.acts.step_line(-1)),
    Action("token-after", "Next token", (".",), "&Walk", "line", lambda f: f.tokens.step(1)),
    Action("token-before", "Previous token", (",",), "&Walk", "line", lambda f: f.tokens.step(-1)),
    Action("alternatives", "Alternatives of the token", ("Ctrl+Alt+A", "V"), "&Walk", "line",
           lambda f: f.tokens.alternatives()),
    Action("bookmark-after", "Next bookmark", ("D",), "&Walk", "bookmarks",
           lambda f: f.acts.bookmark(1)),
    Action("bookmark-before", "Previous bookmark", ("A",), "&Walk", "bookmarks",
           lambda f: f.acts.bookmark(-1)),
    Action("token-other", "Next alternative of the token", ("Alt+.",), "&Walk", "line",
           lambda f: f.tokens.cycle(1)),
    Action("token-other-before", "Previous alternative", ("Alt+,",), "&Walk", "line",
           lambda f: f.tokens.cycle(-1)),
    Action("history-back", "-Back to where you were", ("Alt+-",), "&Walk", "past",
           lambda f: f.desk.paths.back()),
    Action("history-forth", "Forth again", ("Alt+=",), "&Walk", "future",
           lambda f: f.desk.paths.forth()),
    Action("next-unread", "Next unread line", ("U",), "&Walk", "unread",
           lambda f: f.desk.paths.unread()),
    Action("chapter-after", "Next title", (), "", "chapters", lambda f: f.tree.chapter(1)),
    Action("chapter-before", "Previous title", (), "", "chapters", lambda f: f.tree.chapter(-1)),
    Action("walk", "Random end", ("W",), "&Walk", "play", lambda f: f.desk.paths.walk("ends")),
    Action("walk-lines", "Random end, by lines under each branch", (), "", "play",
           lambda f: f.desk.paths.walk("lines")),
    Action("walk-branches", "Random end, every branch alike", (), "", "play",
           lambda f: f.desk.paths.walk("branches")),
    Action("go-to-id", "Go to the id of a line ...", ("Ctrl+Shift+G",), "&Walk", "play",
           lambda f: f.tree.go_to_id()),
    Action("prompt", "-Prompt as sent", ("Ctrl+U",), "&Walk", "generated",
           lambda f: f.dialogs.prompt()),

    Action("outline", "Go to the outline", ("Ctrl+Shift+O",), "&Outline", "play",
           lambda f: f.acts.outline()),
    Action("outline-filter", "Filter the outline", ("/",), "&Outline", "play",
           lambda f: f.acts.outline(typing=True)),
    Action("hoist", "-Hoist: show only what follows from here", ("Alt+H",), "&Outline", "line",
           lambda f: f.acts.operate("hoist")),
    Action("unhoist", "Unhoist: show what was shown before", ("Alt+Shift+H",), "&Outline",
           "hoisted", lambda f: f.tree.unhoist()),
    Action("fold", "-Fold what follows", (), "&Outline", "line", lambda f: f.tree.fold(),
           checked=lambda f: f.acts.marked("collapse")),
    Action("fold-all", "Fold every branch under it", (), "&Outline", "line",
           lambda f: f.acts.operate("collapse", scope="subtree")),
    Action("unfold-all", "Unfold every branch under it", (), "&Outline", "line",
           lambda f: f.acts.operate("collapse", scope="subtree", off=True)),
    Action("fold-others", "Fold all but this path", (), "&Outline", "line",
           lambda f: f.acts.operate("collapse", scope="others")),
    Action("chains", "-Lines without a branch share a row", (), "&Outline", "play",
           lambda f: f.tree.switch("chains"), checked=lambda f: f.tree.shows("chains")),
    Action("show-hidden", "Deleted and archived lines too", (), "&Outline", "play",
           lambda f: f.tree.switch("hidden"), checked=lambda f: f.tree.shows("hidden")),
    Action("show-tagged", "What tags hide, too", (), "&Outline", "play",
           lambda f: f.tree.show_tagged(), checked=lambda f: not f.tree.tags_hide()),
    _sort("time", "-Siblings by time"),
    _sort("model", "Siblings by model"),
    _sort("probability", "Siblings by probability a token, likeliest first"),
    _sort("rating", "Siblings by rating, best first"),

    _view("stage", "Stage", ("Ctrl+Alt+1",)),
    _view("library", "Library", ("Ctrl+Alt+2",)),
    _view("models", "Models", ("Ctrl+Alt+8",)),
    _view("map", "Map", ("Ctrl+Alt+3", "M", "beside J")),
    _on("map", "map-fit", "Fit the map to the window", ("Ctrl+0",), lambda v: v.canvas.fit()),
    _on("map", "map-centre", "Centre the map on the chosen line", ("L",),
        lambda v: v.canvas.centre()),
    _on("map", "map-in", "Zoom the map in", ("+",), lambda v: v.zoom(1)),
    _on("map", "map-out", "Zoom the map out", ("-",), lambda v: v.zoom(-1)),
    _on("map", "map-compare", "-Compare the branches taken on the map", (), lambda v: v.compare()),
    _on("map", "map-clear", "Put back the branches taken on the map", (),
        lambda v: v.canvas.clear_picked()),
    _on("map", "map-hidden", "Hidden branches on the map", (), lambda v: v.show_hidden()),
    _view("path", "Path", ("Ctrl+Alt+P",)),
    _on("path", "path-read", "Read the path, or verbatim", (), lambda v: v.switch()),
    _on("path", "path-markdown", "-Save the path as Markdown ...", (),
        lambda v: v.export("markdown")),
    _on("path", "path-html", "Save the path as HTML ...", (), lambda v: v.export("html")),
    _map_colour("speaker", "speaker"), _map_colour("model", "model"),
    _map_colour("surprise", "surprise"), _map_colour("nats", "nats of a line"),
    _map_colour("length", "length"), _map_colour("rating", "rating"),
    _view("compare", "Compare", ("Ctrl+Alt+4",)),
    _view("replay", "Replay", ("Ctrl+Alt+5",)),
    _view("runs", "Runs", ("Ctrl+Alt+6",)),
    *(_on("runs", f"run-{name}", title, (), methodcaller("act", name))
      for name, title in ACTS.items()),
    _view("cast", "Cast", ("Ctrl+Alt+9",)),
    _view("lens", "Token lens on any text", ("Ctrl+Alt+T",)),
    Action("apart", "-This view in a window of its own", ("Ctrl+Alt+W",), "&View", "nothing",
           lambda f: f.part()),
    *(_lanes(count) for count in range(1, 5)),
    Action("read", "-Read as Markdown", ("Ctrl+Shift+M",), "&View/Lanes", "play",
           lambda f: f.acts.read(), checked=lambda f: f.acts.lane().read),
    *(_history(kind) for kind in HISTORIES),
    Action("stop-lane", "Stop this lane", ("Shift+Esc",), "&Play", "running",
           lambda f: f.desk.turns.stop_lane(f.desk.session.at)),
    Action("close-lane", "-Close this lane", (), "&View/Lanes", "play",
           lambda f: f.desk.session.close_lane(f.desk.session.at)),
    Action("tint", "Colour tokens", ("Ctrl+T",), "&View/Tokens", "nothing",
           lambda f: f.colour_tokens(), checked=lambda f: f.desk.settings.colour_tokens),
    _colour("surprise", "Colour tokens by surprise", "nothing"),
    _colour("entropy", "Colour tokens by entropy", "nothing"),
    _colour("difference", "Colour tokens by the models' difference", "models"),
    Action("look-stop", "-Stop scoring", (), "&View/Tokens", "nothing",
           lambda f: f.desk.looks.stop()),
    Action("larger", "-Larger text", ("Ctrl+=", "Ctrl++"), "&View", "nothing",
           lambda f: f.spoken_size(1)),
    Action("smaller", "Smaller text", ("Ctrl+-",), "&View", "nothing", lambda f: f.spoken_size(-1)),
    Action("auto", "As the desktop", (), "&View/Colours", "nothing", _AUTO[0], checked=_AUTO[1]),
    Action("light", "Light", (), "&View/Colours", "nothing", _LIGHT[0], checked=_LIGHT[1]),
    Action("dark", "Dark", (), "&View/Colours", "nothing", _DARK[0], checked=_DARK[1]),
    Action("left", "-Plays and cast", ("F9",), "&View", "nothing",
           lambda f: f.panes.flanks.show_side("left"),
           checked=lambda f: f.panes.flanks.shows_side("left")),
    Action("right", "Inspector", ("Shift+F9",), "&View", "nothing",
           lambda f: f.panes.flanks.show_side("right"),
           checked=lambda f: f.panes.flanks.shows_side("right")),
    Action("pane", "Next pane", ("F6",), "&View", "nothing", lambda f: f.next_pane(1)),
    Action("pane-back", "Previous pane", ("Shift+F6",), "&View", "nothing",
           lambda f: f.next_pane(-1)),

    Action("shortcuts", "Shortcuts", ("Ctrl+/", "F1"), "He&lp", "nothing",
           lambda f: f.dialogs.shortcuts()),
    Action("tries", "Three things to try", (), "He&lp", "play", lambda f: f.acts.show_tries()),
    Action("system", "System check", (), "He&lp", "nothing", lambda f: f.dialogs.system()),
    Action("notices", "What was said at the foot", (), "He&lp", "nothing",
           lambda f: f.dialogs.notices()),
    Action("about", "-About Stage", (), "He&lp", "nothing", lambda f: f.dialogs.about()),
)  # fmt: skip

_BY_ID = {each.id: each for each in ACTIONS}


def key_of(action: str, preset: str) -> str:
    """The key that is shown for an action in a preset, "" for none."""
    found = keys.preset(preset).of(action, _BY_ID[action].keys)
    return keys.shown(found[0]) if found else ""

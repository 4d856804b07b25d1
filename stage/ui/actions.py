"""Every action in one table: menus, shortcuts and the shortcut sheet are made from it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from stage.ui.window import Window

Needs = Literal["nothing", "play", "rest", "models", "running", "line", "generated", "ghost"]


@dataclass(frozen=True)
class Action:
    """One thing a user can do.

    Attributes:
        keys: shortcuts, the first one is shown.
        menu: the menu it stands in; "" for none. A title that starts with "-" follows a rule.
        needs: what must be there, else it is off and says why.
        layer: "transcript" keys act only while a transcript has the keyboard.
        checked: tells whether it is on, for actions that switch.
    """

    id: str
    title: str
    keys: tuple[str, ...]
    menu: str
    needs: Needs
    do: Callable[["Window"], object]
    layer: Literal["global", "transcript"] = "global"
    checked: Callable[["Window"], bool] | None = None


MENUS = ("&File", "&Play", "&Walk", "&View", "&Help")

REASONS: dict[Needs, str] = {
    "nothing": "",
    "play": "No play is open.",
    "rest": "A line is still being said.",
    "models": "This scene has one model.",
    "running": "Nothing is being said.",
    "line": "No line is chosen.",
    "generated": "The chosen line was not made by a model.",
    "ghost": "No line was begun for somebody else here.",
}


def _scheme(name: str) -> tuple[Callable[["Window"], object], Callable[["Window"], bool]]:
    return (
        lambda window: window.set_scheme(name),
        lambda window: window.desk.settings.scheme == name,
    )


_AUTO, _LIGHT, _DARK = _scheme("auto"), _scheme("light"), _scheme("dark")

ACTIONS: tuple[Action, ...] = (
    Action("new", "New play ...", ("Ctrl+N",), "&File", "nothing", lambda f: f.new_play()),
    Action("plays", "Find a play", ("Ctrl+P",), "&File", "nothing", lambda f: f.focus_on("plays")),
    Action("quit", "-Quit", ("Ctrl+Q",), "&File", "nothing", lambda f: f.shut()),
    Action("speak", "Speak", ("Ctrl+Return", "Ctrl+Enter"), "&Play", "rest",
           lambda f: f.speak()),
    Action("fan-out", "Fan out", ("Ctrl+Space", "Ctrl+Shift+Space"), "&Play", "rest",
           lambda f: f.fan_out()),
    Action("both", "Both models", ("Ctrl+B",), "&Play", "models",
           lambda f: f.desk.turns.both()),
    Action("stop", "Stop", ("Esc",), "&Play", "running", lambda f: f.desk.turns.stop()),
    Action("write", "-Write a line", ("Ctrl+L",), "&Play", "play",
           lambda f: f.focus_on("composer")),
    Action("next", "Choose who speaks next", ("Ctrl+E",), "&Play", "play",
           lambda f: f.focus_on("next")),
    Action("expect", "Ask whom the model expects", ("Ctrl+J",), "&Play", "rest",
           lambda f: f.desk.cues.expect()),
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
    Action("recast", "Recast ...", ("Ctrl+R",), "&Play", "rest", lambda f: f.recast()),
    Action("sibling-after", "Next sibling", ("Alt+Down",), "&Walk", "line",
           lambda f: f.desk.turns.sibling(1)),
    Action("sibling-before", "Previous sibling", ("Alt+Up",), "&Walk", "line",
           lambda f: f.desk.turns.sibling(-1)),
    Action("parent", "Back to the line before", ("Alt+Left",), "&Walk", "line",
           lambda f: f.desk.turns.back()),
    Action("child", "On to the next line", ("Alt+Right",), "&Walk", "line",
           lambda f: f.desk.turns.onward()),
    Action("stand", "Continue from the chosen line", ("Alt+Return", "Alt+Enter"), "&Walk", "line",
           lambda f: f.desk.turns.stand_here()),
    Action("line-down", "-Line down", ("J",), "&Walk", "line", lambda f: f.step_line(1),
           layer="transcript"),
    Action("line-up", "Line up", ("K",), "&Walk", "line", lambda f: f.step_line(-1),
           layer="transcript"),
    Action("token-after", "Next token", ("L",), "&Walk", "generated", lambda f: f.step_token(1),
           layer="transcript"),
    Action("token-before", "Previous token", ("H",), "&Walk", "generated",
           lambda f: f.step_token(-1), layer="transcript"),
    Action("copy", "-Copy the line", ("Ctrl+Shift+C",), "&Walk", "line", lambda f: f.copy_line()),
    Action("prompt", "Prompt as sent", ("Ctrl+Shift+P",), "&Walk", "generated",
           lambda f: f.show_prompt()),
    Action("one-lane", "One lane", ("Ctrl+1",), "&View", "play", lambda f: f.lanes(1),
           checked=lambda f: len(f.desk.session.lanes) == 1),
    Action("two-lanes", "Two lanes", ("Ctrl+2",), "&View", "models", lambda f: f.lanes(2),
           checked=lambda f: len(f.desk.session.lanes) == 2),
    Action("tint", "-Colour tokens by surprise", ("Ctrl+T",), "&View", "nothing",
           lambda f: f.colour_tokens(), checked=lambda f: f.desk.settings.colour_tokens),
    Action("larger", "Larger text", ("Ctrl+=", "Ctrl++"), "&View", "nothing",
           lambda f: f.spoken_size(1)),
    Action("smaller", "Smaller text", ("Ctrl+-",), "&View", "nothing",
           lambda f: f.spoken_size(-1)),
    Action("auto", "-As the desktop", (), "&View", "nothing", _AUTO[0], checked=_AUTO[1]),
    Action("light", "Light", (), "&View", "nothing", _LIGHT[0], checked=_LIGHT[1]),
    Action("dark", "Dark", (), "&View", "nothing", _DARK[0], checked=_DARK[1]),
    Action("left", "-Plays and cast", ("F9",), "&View", "nothing",
           lambda f: f.show_pane("left")),
    Action("right", "Inspector", ("Shift+F9",), "&View", "nothing",
           lambda f: f.show_pane("right")),
    Action("pane", "Next pane", ("F6",), "&View", "nothing", lambda f: f.next_pane(1)),
    Action("pane-back", "Previous pane", ("Shift+F6",), "&View", "nothing",
           lambda f: f.next_pane(-1)),
    Action("shortcuts", "Shortcuts", ("Ctrl+/", "F1"), "&Help", "nothing",
           lambda f: f.show_shortcuts()),
    Action("about", "About Stage", (), "&Help", "nothing", lambda f: f.show_about()),
)  # fmt: skip

"""Fields for the settings of speaker rules: what each is called, what it may be, what is usual."""

import math
from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from stage.kit.errors import BadInput
from stage.play.cast import Cast
from stage.play.prompting import FRAMES
from stage.play.speaking import RULES
from stage.play.speaking.guards import PARAMS as GUARDS
from stage.play.speaking.narrator import AFTER, CHANCE
from stage.ui import words
from stage.ui.dress import theme
from stage.ui.widgets.fields import Check, Choice
from stage.ui.widgets.paragraph import Paragraph
from stage.ui.widgets.typed import ROW
from stage.ui.words import tr

TITLES: Mapping[str, str] = {
    "allow_self": "Whoever spoke last may go on",
    "preset": "Dice fall",
    "order": "Order, a name a row",
    "loop": "Begin again after the last name",
    "after": "Lines until the narrator may speak again",
    "chance": "Chance that it does then, 0 to 1",
    "mode": "Of those expected",
    "tau": "Temperature of the draw",
    "floor": "Least share of each, 0 to 1",
    "ceiling": "Largest share of each, 0 to 1",
    "weights": "Weight of {0}",
    "by": "Model asked",
    "newcomers": "Somebody new may come",
    "frame": "Asked in the form",
    "shuffles": "Orders of the list asked about",
    "otherwise": "Otherwise it is found",
    "max_repeat": "Lines of one member in a row",
    "max_auto": "Lines until a person is waited for",
    "silent_first": "Silent for so many lines goes first",
}
_NUMBERS: Mapping[str, tuple[str, float]] = {  # what is usual, and the most that may be written
    "after": (str(AFTER), math.inf), "chance": (f"{CHANCE:g}", 1), "tau": ("1", math.inf),
    "floor": ("0", 1), "ceiling": ("1", 1), "weights": ("1", math.inf), "shuffles": ("2", math.inf),
    "max_repeat": ("any number", math.inf), "max_auto": ("never", math.inf),
    "silent_first": ("nobody", math.inf),
}  # fmt: skip
_MODES = {"sample": "one is drawn", "argmax": "the likeliest", "shown": "only shown, not chosen"}
_PRESETS = {"st": "as SillyTavern has it"}
_CHOOSES = {"model": "sample", "director": "argmax"}  # which of _MODES is usual


class Number(QLineEdit):
    """A number, or nothing for what is usual."""

    def __init__(
        self, title: str, kind: type, usual: str, most: float, parent: QWidget | None = None
    ) -> None:
        """Hold numbers of a kind, from 0 up; `usual` stands there while nothing is written."""
        super().__init__(parent, maxLength=ROW)
        self._kind, self._most = kind, most
        self.setAccessibleName(title)
        self.setPlaceholderText(usual)
        self.setAccessibleDescription(tr("ruling", "Empty: {0}").format(usual))
        theme.dress(self, "field")

    def put(self, value: Any) -> None:
        """Show a number; None: nothing."""
        self.setText("" if value is None else str(value))

    def value(self) -> Any:
        """The number, None where nothing is written. Raises BadInput."""
        said = self.text().strip()
        if not said:
            return None
        try:
            found = self._kind(said)
        except ValueError:
            found = math.nan
        if 0 <= found <= self._most and math.isfinite(found):
            return found
        upto = (
            "" if self._most == math.inf else tr("ruling", " up to {0}").format(f"{self._most:g}")
        )
        whole = tr("ruling", "a whole number") if self._kind is int else tr("ruling", "a number")
        sentence = tr("ruling", "{0}: {1} is not {2} from 0{3}; correct it, or leave it empty.")
        raise BadInput(sentence.format(self.accessibleName(), repr(said[:40]), whole, upto))


class Tick(Check):
    """Yes, or what is usual: no."""

    def put(self, value: Any) -> None:
        """Show it."""
        self.setChecked(bool(value))

    def value(self) -> Any:
        """True, or None."""
        return True if self.isChecked() else None


class OneOf(Choice):
    """One of some, or what is usual."""

    def offer(self, choices: Mapping[str, str], usual: str) -> None:
        """Offer some by what they stand for; what was chosen stays, where it is among them."""
        was = self.currentData()
        self.clear()
        self.addItem(tr("ruling", "as usual: {0}").format(usual), None)
        for value, title in choices.items():
            self.addItem(title, value)
        self.put(was if was in choices else None)

    def put(self, value: Any) -> None:
        """Show one."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def value(self) -> Any:
        """What was chosen, None for what is usual."""
        return self.currentData()


class Names(Paragraph):
    """Names, each in a row."""

    def put(self, value: Any) -> None:
        """Show them."""
        self.setPlainText("\n".join(map(str, value or ())))

    def value(self) -> Any:
        """The names, None where there are none."""
        return [each.strip() for each in self.toPlainText().splitlines() if each.strip()] or None


Field = Number | Tick | OneOf | Names


def known() -> dict[str, type]:
    """Every setting that a rule has, and then those that go with any."""
    own = {name: kind for rule in RULES for name, kind in rule.params.items()}
    order = [*TITLES]
    return {name: own[name] for name in sorted(own, key=order.index)} | GUARDS


def field(name: str, kind: type, parent: QWidget) -> Field:
    """The field of a setting."""
    title = tr("ruling", TITLES[name])
    if kind is bool:
        return Tick(title, parent)
    if kind is list:
        return Names(title, parent)
    if kind is str:
        return OneOf(title, parent)
    usual, most = _NUMBERS[name]
    return Number(title, kind, tr("ruling", usual), most, parent)


def weights(cast: Cast, parent: QWidget) -> dict[str, Number]:
    """A field for the weight of each member, by its label."""
    usual, most = _NUMBERS["weights"]
    title = tr("ruling", TITLES["weights"])
    return {
        each.label: Number(title.format(each.label), float, usual, most, parent) for each in cast
    }


def choices(name: str, rule: str, models: Mapping[str, str]) -> dict[str, str]:
    """What a setting of a rule may be, each with its words.

    Args:
        models: of the play, each with its title.
    """
    if name == "by":
        return dict(models)
    if name == "frame":
        return {each.id: words.frame(each.id) for each in FRAMES if each.openings is not None}
    if name == "otherwise":
        return {each: words.rule(each) for each in RULES.names if each != rule}
    told = _PRESETS if name == "preset" else _MODES
    told = {value: tr("ruling", said) for value, said in told.items()}
    if name == "mode" and rule != "model":  # no other one can leave it to another rule
        told.pop("shown")
    return told


def usual(name: str, rule: str, models: Mapping[str, str]) -> str:
    """What a setting of a rule is where nothing is chosen."""
    if name == "by":
        return next(iter(models.values()), "")
    if name == "frame":
        return words.frame("own")
    if name == "otherwise":
        return words.rule("round_robin")
    return tr(
        "ruling", _MODES[_CHOOSES.get(rule, "sample")] if name == "mode" else "drawn by Stage"
    )

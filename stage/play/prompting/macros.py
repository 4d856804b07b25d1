"""Macros of cards and lore: {{char}}, {{random:a,b}}, ... expanded once for each generation.

Only what authors wrote is expanded, never what was said on stage. The value of a macro is not
looked at again, so no line, name or draw can smuggle a macro in. An unknown macro stays as it is.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from stage.kit.canonical import content_hash
from stage.play.speaking.rule import Dice

_DEEPEST = 8
_MOST = 200_000  # code points of one expanded text
_PLAIN = {"<bot>": "char", "<user>": "user", "<start>": "newline"}
_TAG = re.compile(r"<(?:bot|user|start)>", re.IGNORECASE)
_ROLL = re.compile(r"(\d{0,3})d(\d{1,6})([+-]\d{1,6})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """What macros of one text stand for.

    Attributes:
        values: name in lower case -> text; a value is itself expanded where it is in `cards`.
        cards: names whose values authors wrote, so that macros in them count.
        pick: names the play and whose text it is: {{pick}} draws from it alone.
    """

    values: Mapping[str, str]
    cards: frozenset[str] = frozenset()
    pick: str = ""


@dataclass(slots=True)
class Macros:
    """One generation's draws and variables, in the order they were made.

    Attributes:
        seed: names the play, the place in it and the viewer.
        variables: as they are by now.
        set_: those that this generation set.
        draws: (macro as written, value) of all that depends on dice, date or variables.
    """

    seed: str
    variables: dict[str, str] = field(default_factory=dict)
    set_: dict[str, str] = field(default_factory=dict)
    draws: list[tuple[str, str]] = field(default_factory=list)

    def expand(self, text: str, words: Words) -> str:
        """Expand the macros of a text."""
        if "{{" not in text and "<" not in text:
            return text
        return self._text(text, words, 0)[:_MOST]

    def _text(self, text: str, words: Words, depth: int) -> str:
        said, at = [], 0
        while (start := text.find("{{", at)) >= 0:
            end = _closing(text, start)
            if end is None or depth >= _DEEPEST:
                break
            said.append(self._tags(text[at:start], words))
            said.append(self._macro(text[start:end], words, depth))
            at = end
        return "".join([*said, self._tags(text[at:], words)])[:_MOST]

    def _tags(self, text: str, words: Words) -> str:
        def value(found: re.Match[str]) -> str:
            name = _PLAIN[found.group().lower()]
            return "" if name == "newline" else words.values.get(name, found.group())

        return _TAG.sub(value, text)

    def _macro(self, whole: str, words: Words, depth: int) -> str:
        inner = whole[2:-2].strip()
        name, mark, rest = _divided(inner)
        if name in words.values and not mark:
            value = words.values[name]
            if name in ("date", "time"):
                self.draws.append((whole, value))
            return self._text(value, words, depth + 1) if name in words.cards else value
        if name not in _MAKERS or (not mark and name not in ("newline", "//")):
            return whole
        if name in ("//", "comment", "hidden_key"):
            return ""
        made = _MAKERS[name](self, self._text(rest, words, depth + 1), words)
        if made is None:
            return whole
        if name not in ("newline", "reverse"):
            self.draws.append((whole, made))
        return made

    def _random(self, rest: str, words: Words) -> str | None:
        return _one_of(rest, Dice(f"{self.seed}/{len(self.draws)}"))

    def _pick(self, rest: str, words: Words) -> str | None:
        return _one_of(rest, Dice(f"{words.pick}/{content_hash(rest)}"))

    def _roll(self, rest: str, words: Words) -> str | None:
        found = _ROLL.fullmatch(rest.strip() if "d" in rest.lower() else f"d{rest.strip()}")
        if found is None or not int(found[2]):
            return None
        dice = Dice(f"{self.seed}/{len(self.draws)}")
        total = sum(1 + int(dice.random() * int(found[2])) for _ in range(int(found[1] or 1)))
        return str(total + int(found[3] or 0))

    def _get(self, rest: str, words: Words) -> str | None:
        return self.variables.get(rest.strip(), "")

    def _set(self, rest: str, words: Words) -> str | None:
        name, _, value = rest.partition("::")
        if not name.strip():
            return None
        self.variables[name.strip()] = self.set_[name.strip()] = value
        return ""


_Maker = Callable[[Macros, str, Words], str | None]
_MAKERS: dict[str, _Maker] = {
    "random": Macros._random, "pick": Macros._pick, "roll": Macros._roll,
    "getvar": Macros._get, "setvar": Macros._set,
    "reverse": lambda _, rest, __: rest[::-1], "newline": lambda _, __, ___: "\n",
    "//": lambda _, __, ___: "", "comment": lambda _, __, ___: "",
    "hidden_key": lambda _, __, ___: "",
}  # fmt: skip


def _closing(text: str, start: int) -> int | None:
    """Where the macro that begins at `start` ends, those within it counted."""
    depth = 0
    for found in re.finditer(r"\{\{|\}\}", text[start:]):
        depth += 1 if found.group() == "{{" else -1
        if depth == 0:
            return start + found.end()
    return None


def _divided(inner: str) -> tuple[str, str, str]:
    """Name, separator and the rest of a macro: "roll:2d6", "random::a::b", "roll 6", "// x"."""
    if inner.startswith("//"):
        return "//", " ", inner[2:]
    found = re.match(r"([\w]+)(::|:|\s+|$)", inner)
    if found is None:
        return inner.lower(), "", ""
    return found[1].lower(), found[2], inner[found.end() :]


def _one_of(rest: str, dice: Random) -> str | None:
    r"""Draw one of "a,b" or "a::b"; "\," is a comma."""
    if "::" in rest:
        choices = rest.split("::")
    else:
        choices = [each.replace("\\,", ",") for each in re.split(r"(?<!\\),", rest)]
    choices = [each.strip() for each in choices]
    return choices[min(int(dice.random() * len(choices)), len(choices) - 1)]

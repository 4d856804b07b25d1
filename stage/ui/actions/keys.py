"""Key presets: files that give other keys to the actions of the table, and where keys act."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Literal

from stage.kit import paths

STAGE = "stage"  # the preset that changes nothing
Layer = Literal["everywhere", "reading", "lane", "beside", "empty"]
_WHERE: dict[str, Layer] = {"lane": "lane", "beside": "beside", "empty": "empty"}
_EVERYWHERE = re.compile(r"(Ctrl|Alt|Meta)\+|(Shift\+)?(F\d+|Esc)$")


@dataclass(frozen=True)
class Preset:
    """Keys by another program's habits.

    Attributes:
        keys: id of an action -> its keys instead of the table's; empty: none.
        clicks: "line", "token" or "split" -> the keys that are held while a text is clicked.
        enter: whether Enter speaks from the moment on that it is chosen.
    """

    id: str
    title: str
    about: str = ""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    clicks: Mapping[str, str] = field(default_factory=dict)
    enter: bool = False

    def of(self, action: str, usual: Sequence[str]) -> tuple[str, ...]:
        """The keys of an action, `usual` where the preset does not name it."""
        return self.keys.get(action, tuple(usual))

    @cached_property
    def empty(self) -> frozenset[str]:
        """Keys that act where words are typed, as long as there are none."""
        found = (key for each in self.keys.values() for key in each if layer(key) == "empty")
        return frozenset(map(bare, found))


@cache
def presets() -> tuple[Preset, ...]:
    """Every preset in resources/keys, Stage's own first."""
    files = sorted((paths.resources() / "keys").glob("*.toml"))
    found = [_read(file.stem, tomllib.loads(file.read_text("utf-8"))) for file in files]
    return tuple(sorted(found, key=lambda each: each.id != STAGE)) or (Preset(STAGE, "Stage"),)


def preset(name: str) -> Preset:
    """The preset of a name, Stage's own for an unknown one."""
    return next((each for each in presets() if each.id == name), presets()[0])


def layer(key: str) -> Layer:
    """Where a key acts: a plain letter or arrow only in what is read, not typed in.

    "lane J" acts only in a text, "beside J" only in outline and map, "empty J" only where words
    are typed and none are there yet.
    """
    where = _WHERE.get(key.partition(" ")[0])
    if where is not None:
        return where
    return "everywhere" if _EVERYWHERE.match(key) else "reading"


def bare(key: str) -> str:
    """A key without where it acts."""
    return key.rpartition(" ")[2]


def shown(key: str) -> str:
    """A key as it is written on a keyboard."""
    return bare(key).replace("Return", "Enter")


def _read(name: str, data: Mapping) -> Preset:
    keys = {action: tuple(each) for action, each in data.get("keys", {}).items()}
    enter = bool(data.get("typing", {}).get("enter"))
    return Preset(name, data["title"], data.get("about", ""), keys, data.get("clicks", {}), enter)

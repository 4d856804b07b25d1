"""How models and whoever speaks are called where people read; a scene has short keys for both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePath

from stage.play.cast import Member, fold
from stage.play.line import Line

Files = Mapping[str, str | PurePath]  # of the models of a scene, by what the scene calls them


def model_titles(files: Files) -> dict[str, str]:
    """The title of each model of a scene, in order: its file's name, unless two share that."""
    stems = {name: _stem(file) for name, file in files.items()}
    alone = [*stems.values()]
    return {name: name if alone.count(stem) > 1 else stem for name, stem in stems.items()}


@lru_cache(256)
def _stem(file: str | PurePath) -> str:
    return PurePath(file).stem


def model_title(name: str, files: Files) -> str:
    """The title of a model of a scene by what the scene calls it."""
    return model_titles(files).get(name, name)


def briefs(titles: Iterable[str]) -> dict[str, str]:
    """What tells titles apart, by title: they are cut where the words end that all begin with."""
    known = set(titles)
    if len(known) < 2:
        return {title: title for title in known}
    first, last = min(known), max(known)  # what these share, all others do
    pairs = enumerate(zip(first, last, strict=False))
    same = next((at for at, (one, other) in pairs if one != other), len(first))
    cut = max(first[:same].rfind(mark) for mark in "-_. ") + 1
    return {title: title[cut:] or title for title in known}


@dataclass(frozen=True, slots=True)
class Names:
    """How those of one play are called.

    Attributes:
        members: whoever is in its cast on any branch, by id.
        titles: of its models, by what the scene calls them.
    """

    members: Mapping[str, Member] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def of(members: Iterable[Member], files: Files) -> "Names":
        """Of several members of one id the first counts."""
        known: dict[str, Member] = {}
        for each in members:
            known.setdefault(each.id, each)
        return Names(known, model_titles(files))

    def who(self, member: str | None) -> str:
        """The label of a member, itself where nobody has it; "" for the scene."""
        found = self.members.get(member or "")
        return found.label if found else member or ""

    def label_of(self, line: Line) -> str | None:
        """The label a line was spoken under; None for the scene."""
        return line.layer or self.who(line.speaker) or None

    def model(self, name: str | None) -> str:
        """The title of a model, the name itself where it has none; "" for None."""
        return self.titles.get(name or "", name or "")

    def labelled(self, label: str) -> Member | None:
        """The member that is called so, itself or in a layer, ignoring case."""
        wanted = fold(label)
        every = ((each, layer) for each in self.members.values() for layer in each.stack)
        return next((each for each, layer in every if fold(layer.label) == wanted), None)

"""Models that may play somebody, while a scene is put together: shipped ones, found and added."""

from collections.abc import Collection, Sequence
from pathlib import Path

from stage.director.opened import OpenPlay
from stage.director.shelving import Shelved
from stage.director.wardrobe import shipped


class Actors:
    """Models by the names a scene gives them, no name twice.

    Attributes:
        files: a shipped model's own name, else the path of its file, by name.
    """

    def __init__(self) -> None:
        """Offer the shipped models."""
        self._chat = {each.stem: "chat" in each.stem for each in shipped("models")}
        self.files = {name: name for name in self._chat}

    def find(self, found: Sequence[Shelved]) -> list[str]:
        """Offer what lies on the shelf and can be read; returns the names that are new."""
        ours = {each.absolute() for each in shipped("models")}
        made = []
        for each in found:
            known = each.path.absolute() in ours or str(each.path) in self.files.values()
            if each.card is not None and not known:
                made.append(self._add(str(each.path), chat=each.card.kind == "chat"))
        return made

    def add(self, files: Sequence[str]) -> list[str]:
        """Offer files that somebody chose; returns their names."""
        return [self._add(file, chat=True) for file in files]

    def new_to(self, play: OpenPlay) -> dict[str, str]:
        """Those that a play does not have yet, by names that it has given to none of its own."""
        ours, found = {each.stem: each for each in shipped("models")}, dict[str, str]()
        there = {each.absolute() for each in play.models.values()}
        names, files = {*play.models, *play.scene.models}, {*play.scene.models.values()}
        for name, file in self.files.items():
            if file not in files and ours.get(file, Path(file)).absolute() not in there:
                found[_free(name, names | {*found})] = file
        return found

    def likely(self, *, chat: bool = True) -> str:
        """One's own model rather than a shipped one, and of the kind that is asked for."""
        ours = {each.stem for each in shipped("models")}
        known = (
            (file not in ours, self._chat[name] is chat, name) for name, file in self.files.items()
        )
        return max(known, key=lambda each: each[:2], default=(False, False, ""))[2]

    def _add(self, file: str, *, chat: bool) -> str:
        name = _free(Path(file).stem, self.files)
        self.files[name], self._chat[name] = file, chat
        return name


def _free(stem: str, taken: Collection[str]) -> str:
    """A name like `stem` that is not taken yet."""
    number = 1
    while (name := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return name

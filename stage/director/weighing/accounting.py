"""What is stored of lines, for who takes it away: with whether scores of them hold now.

On the thread that writes a file, so the play is one that nobody else looks at.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from stage.director.opened import OpenPlay
from stage.director.wardrobe import model_file
from stage.director.weighing.placing import Posed, context_of, has_words, pose
from stage.director.weighing.since import recarded
from stage.engine.shelf import notes
from stage.engine.shelf.card import Card, describe
from stage.kit.errors import KnownError
from stage.store.library import Library

Account = dict[str, Any]


class Accounting:
    """Pages of accounts of one play; what prompts and model files say is worked out once."""

    def __init__(self, read: Callable[[Sequence[str]], list[Account]], play: OpenPlay) -> None:
        """Read by a library's `accounts`."""
        self._read, self._play = read, play
        self._cards: dict[Path, Card | None] = {}
        self._posed: dict[tuple[Any, ...], Posed | None] = {}

    def __call__(self, ids: Sequence[str]) -> list[Account]:
        """What is stored of lines, in the order of their ids."""
        found = self._read(ids)
        for account in found:
            account["card_changed"] = self._recarded(account["id"])
            for score in account["scores"]:
                score["current"] = self._holds(account["id"], score)
        return found

    def _recarded(self, line_id: str) -> bool | None:
        """Whether the line's speaker has another card there by now than it was said with."""
        return recarded(self._play, self._play.tree[line_id])

    def _holds(self, line_id: str, score: Mapping[str, Any]) -> bool | None:
        """Whether a model would be asked the same now; None where its file is not there."""
        if score["condition"] == "same prefix":
            return True
        if line_id not in self._play.tree or not has_words(self._play.tree[line_id]):
            return False
        named = [name for name, card in self._models().items()
                 if card is not None and card.identity == score["model_identity"]]  # fmt: skip
        if not named:
            return None
        return any(self._context(line_id, name, score["room"]) == score["context"]
                   for name in named)  # fmt: skip

    def _context(self, line_id: str, name: str, room: int | None) -> str:
        line = self._play.tree[line_id]
        key = (line.parent, line.speaker, name, room)
        if key not in self._posed:
            card = self._models()[name]
            make = card and pose(
                self._play, str(line.parent), str(line.speaker), name, card.kind, room
            )
            self._posed[key] = make() if make else None
        made = self._posed[key]
        return "" if made is None else context_of(made.name, line.text)

    def _models(self) -> dict[str, Card | None]:
        return {name: self._card(file) for name, file in self._play.models.items()}

    def _card(self, file: Path) -> Card | None:
        if file not in self._cards:
            self._cards[file] = None
            with suppress(KnownError, OSError):
                self._cards[file] = notes.applied(describe(file))
        return self._cards[file]


async def accounts(
    library: Library, play: OpenPlay, *, prompts: bool = False
) -> Callable[[Sequence[str]], list[Account]]:
    """What reads pages of lines of a play whole; its cards and models are looked for first.

    Args:
        play: one of its own, whose tree knows all of the lines.
        prompts: with all of the prompts, not only hash and length.
    """
    play.cards = await library.cards(play.id)
    play.marks.update(await library.variables(play.id))
    for name, file in play.scene.models.items():
        play.models.setdefault(name, model_file(file, must_exist=False))
    return Accounting(library.accounts(prompts=prompts), play)

"""A file that somebody hands over: what it is, by its content, before anything is done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from stage.engine.shelf.card import describe
from stage.engine.worker.aside import aside
from stage.formats import FORMATS, HEAD, SURE, lorebooks, recognised
from stage.formats.cards import sniff
from stage.kit.errors import BadInput
from stage.kit.plain import refuse_endless
from stage.store.file.schema import peek
from stage.store.library import Library

_DATABASE = b"SQLite format 3\0"


class Sort(StrEnum):
    """What Stage can do something with; each has a way of its own."""

    PLAY = "play"
    CARD = "persona card"
    BOOK = "lorebook"
    SCENE = "scene"
    MODEL = "model"
    LIBRARY = "library"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A library that could be opened: how many plays it shows."""

    file: Path
    plays: int


async def sort_of(file: Path) -> Sort:
    """What a file is; a folder is one of models.

    Raises:
        BadInput: it cannot be read, is damaged, or is nothing that Stage knows.
    """
    return await aside(partial(_sort_of, file))


async def look_into(file: Path) -> Shelf:
    """Count the plays of another library; nothing in it changes. Raises KnownError."""
    library = await Library.open(file, mode="read")
    try:
        return Shelf(file, sum(not each.discarded for each in await library.plays()))
    finally:
        await library.close()


def _sort_of(file: Path) -> Sort:
    if file.is_dir():
        return Sort.MODEL
    head = _head(file)
    if head.startswith(_DATABASE):
        peek(file)
        return Sort.LIBRARY
    if head.startswith(b"GGUF") or file.suffix.lower() == ".gguf":
        describe(file)
        return Sort.MODEL
    card = sniff(head)
    if card < SURE and recognised(head) is not None:
        return Sort.PLAY
    if card < SURE and lorebooks.sniff(head) >= SURE:
        return Sort.BOOK
    if card:
        return Sort.CARD
    if file.suffix.lower() == ".toml":
        return Sort.SCENE
    raise BadInput(f"{file} is in no format that Stage reads: {_told()}; convert it first.")


def _head(file: Path) -> bytes:
    """The first bytes of a plain file."""
    try:
        refuse_endless(file)
        with file.open("rb") as opened:
            head = opened.read(HEAD)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise BadInput(f"{file} cannot be read ({reason}); check it.") from error
    if not head:
        raise BadInput(f"{file} is empty; choose another.")
    return head


def _told() -> str:
    readable: Sequence[str] = [each.title for each in FORMATS if each.read or each.find]
    return f"no play ({', '.join(readable)}), card, lorebook, scene (.toml), library or GGUF model"

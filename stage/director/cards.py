"""Character cards between files and the user's own personas: brought in, looked up, written out.

The window asks with `take_in` and `give_out`, which do not hold it up.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from stage.director.wardrobe import card_name, known_persona, known_personas, read_text
from stage.engine.worker.aside import aside
from stage.formats import lorebooks
from stage.formats.cards import Imported, as_png, read
from stage.formats.lorebooks import Lorebook
from stage.formats.png import LARGEST as LARGEST_PICTURE
from stage.kit import paths
from stage.kit.errors import BadInput
from stage.kit.plain import refuse_endless
from stage.play.lore_entry import changes
from stage.play.persona import BOOK, Change, Persona, differences, persona, read_card
from stage.store.library import Version

LARGEST = 200 * 1024 * 1024  # bytes of a card file
T = TypeVar("T")
ENTRIES = 100  # of a lorebook that two versions are compared by
SUFFIXES = (".png", ".json", ".charx")


def bring_in(file: Path) -> tuple[str, Imported]:
    """Import a card file as a persona of one's own; the same card twice is there once.

    Returns:
        The name it is known by from now on, and the card.

    Raises:
        BadInput: it cannot be read, or another card has that name.
    """
    card = read(_bytes(file), where=str(file))
    return _kept(card.persona, card.text, card.picture), card


def _kept(card: Persona, text: str, picture: bytes | None = None) -> str:
    """Keep a card as one's own; returns the name it is known by. Raises BadInput."""
    name = card_name(card.name)
    target, known = paths.personas() / f"{name}.json", known_persona(name)
    if known is not None and known.read_bytes() == text.encode():
        if picture is not None and known == target and not target.with_suffix(".png").exists():
            target.with_suffix(".png").write_bytes(picture)
        return name
    if known is not None:
        raise BadInput(f"A persona {name} is there already; rename the card or remove {target}.")
    target.parent.mkdir(parents=True, exist_ok=True)
    if picture is not None:
        target.with_suffix(".png").write_bytes(picture)
    target.write_bytes(text.encode())
    return name


def own_card(name: str) -> tuple[str, bytes | None] | None:
    """The text of a card file, and its picture; None for an unknown name."""
    file = known_persona(name)
    if file is None:
        return None
    return file.read_bytes().decode("utf-8-sig"), _picture(file)


def written(card: Persona) -> tuple[str, bytes | None]:
    """A version of a persona as the text of a card, and the picture that its card file has."""
    file = known_persona(card_name(card.name))
    text = json.dumps(card.card, ensure_ascii=False)
    if file is None:
        return text, None
    if json.loads(own := file.read_bytes().decode("utf-8-sig")) == card.card:
        text = own  # byte for byte as it came
    return text, _picture(file)


def write_out(text: str, picture: bytes | None, target: Path, form: str = "") -> int:
    """Write a card as PNG or JSON, never over another file; returns how many bytes.

    Args:
        form: "png" or "json"; "" for what the name of the target ends with.

    Raises:
        BadInput: it cannot be written.
    """
    json_ = (form or target.suffix.removeprefix(".").lower()) == "json"
    data = text.encode() if json_ else as_png(text, picture)
    try:
        with target.open("xb") as opened:
            opened.write(data)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise BadInput(f"{target} cannot be written ({reason}); choose another name.") from error
    return len(data)


async def take_in(file: Path) -> tuple[str, Imported]:
    """`bring_in` for whoever must not wait."""
    return await aside(partial(bring_in, file))


async def read_lorebook(file: Path) -> Lorebook:
    """Read a lorebook that lies in a file by itself. Raises BadInput."""
    return await aside(lambda: lorebooks.read(_bytes(file), where=str(file)))


async def write_new(name: str, texts: Mapping[str, str]) -> tuple[str, Persona]:
    """Keep a persona made of texts by field of its card, see play.persona.

    Returns:
        The name it is known by from now on, and the persona.

    Raises:
        BadInput: the name cannot be one, or another card has it.
    """
    made = persona(name.strip(), **{field: text for field, text in texts.items() if text})
    text = json.dumps(made.card, ensure_ascii=False, indent=1)
    return await aside(partial(_kept, made, text)), made


async def picture_of(card: Persona, draw: Callable[[bytes], T]) -> T | None:
    """What `draw` makes of the picture of a persona, in a thread; None where it has none.

    Args:
        draw: must be safe beside the loop; what it gets may be anything.
    """
    file = known_persona(card_name(card.name))

    def work() -> T | None:
        picture = None if file is None else _picture(file)
        return None if picture is None else draw(picture)

    return await aside(work)


async def changed(versions: Sequence[Version]) -> dict[str, list[str]]:
    """The fields that each version changed about the one it was made of, by its hash."""
    cards = {each.hash: each.persona for each in versions}
    made = [(each, cards[each.parent]) for each in versions if each.parent in cards]
    return await aside(
        lambda: {new.hash: [n for n, _, _ in differences(old, new.persona)] for new, old in made}
    )


async def compared(
    old: Persona, new: Persona, tell: Callable[[Sequence[Change]], T]
) -> tuple[T, int]:
    """What `tell` makes, in a thread, of what two versions say otherwise.

    Returns:
        That, and how many entries of the lorebook it was not told about, as there are so many.
    """

    def work() -> tuple[T, int]:
        rows, left = list[Change](), 0
        for name, one, two in differences(old, new):
            if name == BOOK:
                entries = changes(one, two)
                rows += [(f"{name}: {each}", a, b) for each, a, b in entries[:ENTRIES]]
                left = len(entries[ENTRIES:])
                one, two = (_without_entries(each) for each in (one, two))
            if one != two:
                rows.append((name, one, two))
        return tell(rows), left

    return await aside(work)


def _without_entries(book: Any) -> Any:
    """What else a book says; None for one that says nothing else."""
    return {**book, "entries": None} if isinstance(book, dict) and set(book) > {"entries"} else None


async def known() -> dict[str, Persona]:
    """Every persona a scene may name, one's own first; cards that cannot be read are left out."""
    return await aside(_known)


def _known() -> dict[str, Persona]:
    found: dict[str, Persona] = {}
    for file in known_personas():
        with suppress(BadInput):
            found.setdefault(file.stem, read_card(read_text(file, "persona"), where=str(file)))
    return found


async def give_out(card: Persona, target: Path) -> None:
    """Write a version of a persona as a card, for whoever must not wait. Raises BadInput."""
    await aside(lambda: write_out(*written(card), target))


def _picture(file: Path) -> bytes | None:
    picture = file.with_suffix(".png")
    small = picture.is_file() and picture.stat().st_size <= LARGEST_PICTURE
    return picture.read_bytes() if small else None


def _bytes(file: Path) -> bytes:
    try:
        refuse_endless(file)
        if file.stat().st_size > LARGEST:
            raise BadInput(f"The card file {file} is larger than 200 MiB; make it smaller.")
        return file.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise BadInput(f"The card file {file} cannot be read ({reason}); check it.") from error

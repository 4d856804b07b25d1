"""Character cards between files and the user's own personas: brought in, looked up, written out.

The window asks with `take_in` and `give_out`, which do not hold it up.
"""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from stage.director.wardrobe import known_persona, known_personas, read_text
from stage.engine.worker.aside import aside
from stage.formats.cards import Imported, as_png, read
from stage.kit import paths
from stage.kit.errors import BadInput
from stage.play.cast import fold
from stage.play.persona import Persona, persona, read_card

LARGEST = 200 * 1024 * 1024  # bytes of a card file
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
    name = re.sub(r"\W+", "-", fold(card.name)).strip("-") or "persona"
    target, known = paths.personas() / f"{name}.json", known_persona(name)
    if known is not None and known.read_bytes() == text.encode():
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
    name = re.sub(r"\W+", "-", fold(card.name)).strip("-")
    file = known_persona(name)
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


async def is_card(file: Path) -> bool:
    """Whether a file is a card rather than anything else Stage reads."""
    kind = file.suffix.lower()
    return kind in SUFFIXES and (kind != ".json" or await aside(partial(_is_card, file)))


def _is_card(file: Path) -> bool:
    with suppress(BadInput):
        return bool(read(_bytes(file), where=str(file)).text)
    return False


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


async def picture_of(name: str) -> bytes | None:
    """The picture that the card file of a persona has; None for none."""
    file = known_persona(name)
    return None if file is None else await aside(partial(_picture, file))


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
    return picture.read_bytes() if picture.is_file() else None


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise BadInput(f"The card file {file} is larger than 200 MiB; make it smaller.")
        return file.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise BadInput(f"The card file {file} cannot be read ({reason}); check it.") from error

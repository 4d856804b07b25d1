"""Model files in folders at any depth, and one that was moved, by its content."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from stage.engine.shelf.card import Card, describe, identity
from stage.kit.errors import BadInput

_PART = re.compile(r"^(.*)-(\d{5})-of-(\d{5})\.gguf$", re.I)
_MAGIC = b"GGUF"


def files(place: Path) -> Iterator[Path]:
    """Yield every model file of a folder at any depth, in order; of a split model the first part.

    Where the first part is missing, the first that is there stands for it. A file without any
    suffix is one if it begins like one: some programs keep models so.
    """
    if not place.is_dir():
        yield place
        return
    seen: set[tuple[str, str, str]] = set()
    for folder, below, names in os.walk(place):
        below.sort()
        for name in sorted(names):
            path = Path(folder, name)
            if not _is_model(path):
                continue
            if part := _PART.match(name):
                split = (folder, part[1], part[3])
                if split in seen:
                    continue
                seen.add(split)
            yield path


def _is_model(path: Path) -> bool:
    if not path.is_file():  # a pipe would be waited for
        return False
    if path.suffix.lower() == ".gguf":
        return True
    if path.suffix or path.name.startswith("."):
        return False
    try:
        with path.open("rb") as file:
            return file.read(4) == _MAGIC
    except OSError:
        return False


def scan(place: Path) -> Iterator[Card | tuple[Path, str]]:
    """Yield a card, or the path and a sentence, for every model file of a folder."""
    for path in files(place):
        try:
            yield describe(path)
        except BadInput as error:
            yield path, error.sentence


def find(wanted: str, known: Iterable[Path], places: Iterable[Path]) -> Path | None:
    """Find the file with an identity: where it was known to lie, then in places, at any depth."""
    size = int(wanted.partition(":")[0] or 0)
    for path in (*known, *(each for place in places for each in files(place))):
        try:
            if _size(path) == size and identity(path, size) == wanted:
                return path
        except OSError:
            continue
    return None


def _size(path: Path) -> int:
    """Bytes of a file, or of all parts of a split model."""
    part = _PART.match(path.name)
    if part is None:
        return path.stat().st_size
    names = (f"{part[1]}-{n:05d}-of-{part[3]}.gguf" for n in range(1, int(part[3]) + 1))
    return sum(path.with_name(name).stat().st_size for name in names)

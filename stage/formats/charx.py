"""Cards in CHARX archives: `card.json` and its main picture are read, nothing is unpacked."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from typing import Any

from stage.formats import png
from stage.kit.errors import BadInput

LARGEST = 200 * 1024 * 1024
LARGEST_UNPACKED = 1024**3
LARGEST_CARD = 16 * 1024 * 1024
MOST_ENTRIES, MOST_ICONS = 2000, 8
_EMBEDDED = re.compile(r"embedd?ed:(//)?(.+)", re.DOTALL)  # with one d, as everybody writes it
_BROKEN = (
    zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError,
    zlib.error, lzma.LZMAError, struct.error, IndexError, OverflowError,
)  # fmt: skip


def icon(data: bytes, assets: Any) -> bytes | None:
    """The main picture of an archive's persona, where it is a sound PNG; None for any other.

    Args:
        assets: as the card has them, [{type, uri, name, ext}].
    """
    rows = [each for each in assets if isinstance(each, dict)] if isinstance(assets, list) else []
    icons = [each for each in rows if each.get("type") == "icon"]
    icons.sort(key=lambda each: each.get("name") != "main")
    paths = [path[2] for each in icons if (path := _EMBEDDED.match(str(each.get("uri"))))]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = (_picture(archive, each) for each in paths[:MOST_ICONS])
            return next(filter(None, found), None)
    except _BROKEN:
        return None


def _picture(archive: zipfile.ZipFile, path: str) -> bytes | None:
    entry = next((each for each in archive.infolist() if each.filename == path), None)
    if entry is None or entry.flag_bits & 1 or entry.file_size > png.LARGEST:
        return None
    with archive.open(entry) as file:
        data = file.read(png.LARGEST + 1)
    return data if png.sound(data) else None


def card(data: bytes) -> str:
    """The JSON text of an archive's card. Raises BadInput."""
    if len(data) > LARGEST:
        raise BadInput("The archive is larger than 200 MiB; make it smaller.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except BadInput:
        raise
    except _BROKEN as error:
        raise BadInput("The archive is damaged or of an unknown kind; export it again.") from error


def _read(archive: zipfile.ZipFile) -> str:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(e.file_size for e in entries) > LARGEST_UNPACKED:
        raise BadInput("The archive holds too much; make it smaller.")
    found = next((each for each in entries if each.filename == "card.json"), None)
    if found is None:
        raise BadInput("The archive holds no card.json, so it is no CHARX file; check it.")
    if found.flag_bits & 1:
        raise BadInput("The archive is encrypted; export it without a password.")
    with archive.open(found) as file:
        text = file.read(LARGEST_CARD + 1)
    if len(text) > LARGEST_CARD:
        raise BadInput("The card in the archive is larger than 16 MiB; make it smaller.")
    return text.decode("utf-8-sig")

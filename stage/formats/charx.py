"""Cards in CHARX archives: only `card.json` is read, nothing is ever unpacked by name."""

import io
import lzma
import struct
import zipfile
import zlib

from stage.kit.errors import BadInput

LARGEST = 200 * 1024 * 1024
LARGEST_UNPACKED = 1024**3
LARGEST_CARD = 16 * 1024 * 1024
MOST_ENTRIES = 2000
_BROKEN = (
    zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError,
    zlib.error, lzma.LZMAError, struct.error, IndexError, OverflowError,
)  # fmt: skip


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

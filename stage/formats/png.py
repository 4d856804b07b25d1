"""Cards in PNG pictures: text chunks read and written, the picture's own bytes never touched."""

import base64
import binascii
import struct
import zlib
from collections.abc import Iterator, Sequence

from stage.kit.errors import BadInput

SIGNATURE = b"\x89PNG\r\n\x1a\n"
LARGEST = 20 * 1024 * 1024
LARGEST_TEXT = 4 * 1024 * 1024
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_CARDS = (b"ccv3", b"chara")  # the better one first


def card(data: bytes) -> str:
    """The JSON text of a picture's card. Raises BadInput."""
    found: dict[bytes, bytes] = {}
    for kind, body, _ in _chunks(data):
        key = body[:80].split(b"\0")[0].lower()
        if kind in _TEXTS and key in _CARDS:
            found[key] = _text(kind, body)
    for key in _CARDS:
        if key in found:
            try:
                return base64.b64decode(found[key]).decode("utf-8-sig")
            except (binascii.Error, ValueError) as error:
                raise BadInput("The card in the picture is damaged; export it again.") from error
    raise BadInput("The picture holds no character card; choose another.")


def sound(data: bytes) -> bool:
    """Whether it is a whole PNG; what it shows is not looked at."""
    try:
        kinds = [kind for kind, _, _ in _chunks(data)]
    except BadInput:
        return False
    return kinds[0] == b"IHDR"


def with_cards(data: bytes, cards: Sequence[tuple[str, str]]) -> bytes:
    """The same picture with other cards, given as (keyword, JSON text). Raises BadInput."""
    kept = [SIGNATURE]
    for kind, body, whole in _chunks(data):
        if kind in _TEXTS and body[:80].split(b"\0")[0].lower() in _CARDS:
            continue
        if kind == b"IEND":
            kept += [
                _chunk(b"tEXt", key.encode() + b"\0" + base64.b64encode(text.encode()))
                for key, text in cards
            ]
        kept.append(whole)
    return b"".join(kept)


def blank() -> bytes:
    """A plain grey picture for a persona that has none."""
    width, height = 64, 96
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return SIGNATURE + b"".join(_chunk(kind, body) for kind, body in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Kind, body and all bytes of every chunk up to the end."""
    if len(data) > LARGEST:
        raise BadInput("The picture is larger than 20 MiB; make it smaller.")
    if not data.startswith(SIGNATURE):
        raise BadInput("The file is no PNG picture; check it.")
    at, kind = len(SIGNATURE), b""
    while kind != b"IEND":
        if at + 12 > len(data):
            raise BadInput("The picture is cut off; copy it again.")
        size, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + size
        if end > len(data):
            raise BadInput("The picture is cut off; copy it again.")
        yield kind, data[at + 8 : end - 4], data[at:end]
        at = end


def _text(kind: bytes, body: bytes) -> bytes:
    text = body.partition(b"\0")[2]
    packed = kind == b"zTXt"
    if kind == b"iTXt":
        packed = text[:1] == b"\1"
        text = text[2:].partition(b"\0")[2].partition(b"\0")[2]
    elif packed:
        text = text[1:]
    if packed:
        text = _inflated(text)
    if len(text) > LARGEST_TEXT:
        raise BadInput("The card in the picture is larger than 4 MiB; make it smaller.")
    return text


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, LARGEST_TEXT + 1)
    except zlib.error as error:
        raise BadInput("The card in the picture is damaged; export it again.") from error

"""Tokens as bytes: a format byte, then little-endian arrays (store.md, section 1).

Format 1 is raw, format 2 is zlib. Ids are `<i4`, log-probabilities `<f4` (NaN: unknown),
alternatives a count `u1` per token, then all ids `<i4`, then all log-probabilities `<f2`;
lengths of the tokens' pieces are `<u2`. Format 3, of alternatives: how many bytes an id needs
(`u1`), the counts, all lowest bytes of the ids, all second ones and so on, all log-probabilities.
No numpy: the window's process must not load it.
"""

import struct
import zlib
from collections.abc import Sequence
from typing import NamedTuple

from stage.play.token import Token, Tokens, Vocabulary

SHORT = 64  # bytes that are not worth compressing
LARGEST = 256 * 1024 * 1024  # of a blob once unpacked


class Packed(NamedTuple):
    """Some tokens as blobs: their number; `pieces` are their bytes one after the other."""

    number: int
    ids: bytes
    logprobs: bytes
    tops: bytes
    lengths: bytes
    pieces: bytes


def pack(tokens: Sequence[Token], *, narrow: bool = False) -> Packed:
    """Write tokens as blobs, raw, so that a journal entry is cheap.

    Args:
        narrow: as they are stored for good: ids of alternatives in format 3, which is as small as
            zlib makes them, in a twentieth of the time.
    """
    made = Tokens.of(tokens)
    tops = made.counts, made.top_ids, made.top_logprobs
    return Packed(
        len(made),
        b"\x01" + made.ids,
        b"\x01" + made.logprobs,
        _narrow(*tops) if narrow else b"".join((b"\x01", *tops)),
        b"\x01" + made.lengths,
        made.pieces,
    )


def _narrow(counts: bytes, ids: bytes, logprobs: bytes) -> bytes:
    planes = [ids[byte::4] for byte in range(4)]
    while planes and not planes[-1].strip(b"\0"):
        planes.pop()
    return b"".join((b"\x03", bytes((len(planes),)), counts, *planes, logprobs))


def _alternatives(blob: bytes, count: int) -> tuple[bytes, bytes, bytes]:
    """Counts, ids `<i4` and log-probabilities `<f2` of `count` tokens, from any format."""
    if blob[:1] != b"\x03":
        data, width = plain(blob), 4
    else:
        data, width = blob[2:], blob[1] if len(blob) > 1 else 0
    counts = data[:count]
    total = sum(counts)
    end = count + width * total
    if width > 4 or len(data) != end + 2 * total:
        raise ValueError("the alternatives of a take do not fit its tokens")
    if blob[:1] != b"\x03":
        return counts, data[count:end], data[end:]
    ids = bytearray(4 * total)
    for byte in range(width):
        ids[byte::4] = data[count + byte * total : count + (byte + 1) * total]
    return counts, bytes(ids), data[end:]


def unpack(packed: Packed) -> Tokens:
    """Read tokens back. Raises ValueError when the blobs do not fit together."""
    ids, logprobs, lengths = map(plain, (packed.ids, packed.logprobs, packed.lengths))
    if {len(ids), len(logprobs), 2 * len(lengths)} != {4 * packed.number}:
        raise ValueError("the arrays of a take do not fit its tokens")
    if sum(numbers(packed.lengths, "H")) != len(packed.pieces):
        raise ValueError("the pieces of a take do not fit its tokens")
    tops = _alternatives(packed.tops, packed.number)
    return Tokens(ids, logprobs, *tops, lengths, packed.pieces)


def numbers(blob: bytes, form: str) -> tuple[int, ...]:
    """Read an array of one struct format. Raises ValueError when it has another length."""
    data, size = plain(blob), struct.calcsize(f"<{form}")
    if len(data) % size:
        raise ValueError(f"an array of {len(data)} bytes does not hold what it should")
    return struct.unpack(f"<{len(data) // size}{form}", data)


def pack_numbers(form: str, values: Sequence[int]) -> bytes:
    """Write an array of one struct format, compressed."""
    return squeezed(struct.pack(f"<{len(values)}{form}", *values))


def squeezed(data: bytes) -> bytes:
    """Compress, with the format byte that says so; short data stays as it is."""
    if len(data) < SHORT:
        return b"\x01" + data
    return b"\x02" + zlib.compress(data)


def plain(blob: bytes) -> bytes:
    """Undo `squeezed`. Raises ValueError for an unknown format, damage or a bomb."""
    if blob[:1] == b"\x01":
        return blob[1:]
    if blob[:1] != b"\x02":
        raise ValueError("a blob has an unknown format byte")
    unpacker = zlib.decompressobj()
    try:
        data = unpacker.decompress(blob[1:], LARGEST)
    except zlib.error as error:
        raise ValueError(f"a blob is damaged ({error})") from error
    if not unpacker.eof or unpacker.unused_data:
        raise ValueError("a blob is cut short or too large")
    return data


def pack_vocabulary(pieces: Sequence[bytes]) -> bytes:
    """Write the pieces of a vocabulary: their number, lengths, then bytes, compressed."""
    head = struct.pack(f"<I{len(pieces)}H", len(pieces), *map(len, pieces))
    return squeezed(head + b"".join(pieces))


def unpack_vocabulary(hash_: str, blob: bytes) -> Vocabulary:
    """Read what pack_vocabulary wrote. Raises ValueError."""
    data = plain(blob)
    if len(data) < 4 or len(data) < (start := 4 + 2 * int.from_bytes(data[:4], "little")):
        raise ValueError("a vocabulary is cut short")
    lengths = numbers(b"\x01" + data[4:start], "H")
    if sum(lengths) != len(data) - start:
        raise ValueError("a vocabulary has pieces of another length than it says")
    pieces, at = [], start
    for length in lengths:
        pieces.append(data[at : at + length])
        at += length
    return Vocabulary(hash_, tuple(pieces))

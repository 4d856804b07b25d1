"""Tokens as bytes: a format byte, then little-endian arrays (store.md, section 1).

Format 1 is raw, format 2 is zlib. Ids are `<i4`, log-probabilities `<f4` (NaN: unknown),
alternatives a count `u1` per token, then all ids `<i4`, then all log-probabilities `<f2`;
lengths of the tokens' pieces are `<u2`. No numpy: the window's process must not load it.
"""

import math
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from stage.play.token import Token, Top, Vocabulary

RAW, ZLIB = 1, 2
SHORT = 64  # bytes that are not worth compressing
_MOST = 255  # alternatives of a token
_STORED = 0xFFFF  # bytes of a stored block at most
LARGEST = 256 * 1024 * 1024  # of a blob once unpacked
_HALF = 65504.0  # the largest finite half float


@dataclass(frozen=True, slots=True)
class Packed:
    """Some tokens as blobs. `pieces` are the tokens' bytes one after the other."""

    count: int
    ids: bytes
    logprobs: bytes
    tops: bytes
    lengths: bytes
    pieces: bytes


def pack(tokens: Sequence[Token]) -> Packed:
    """Write tokens as raw blobs; nothing is compressed, so that a journal entry is cheap."""
    count = len(tokens)
    chosen = [math.nan if each.logprob is None else each.logprob for each in tokens]
    pieces = [each.piece for each in tokens]
    return Packed(
        count,
        b"\x01" + struct.pack(f"<{count}i", *[each.id for each in tokens]),
        b"\x01" + struct.pack(f"<{count}f", *chosen),
        b"\x01" + _tops([each.top for each in tokens]),
        b"\x01" + struct.pack(f"<{count}H", *map(len, pieces)),
        b"".join(pieces),
    )


def _tops(tops: Sequence[Sequence[tuple[int, float]]]) -> bytes:
    values: Sequence[float]
    arrays = [top for top in tops if type(top) is Top]
    if len(arrays) == len(tops):
        sizes = [len(top.ids) // 4 for top in arrays]
        ids = b"".join([top.ids for top in arrays])
        values = struct.unpack(f"<{len(ids) // 4}f", b"".join([top.logprobs for top in arrays]))
    else:
        sizes = [len(top) for top in tops]
        pairs = [pair for top in tops for pair in top]
        ids = struct.pack(f"<{len(pairs)}i", *[id_ for id_, _ in pairs])
        values = [value for _, value in pairs]
    if max(sizes, default=0) > _MOST:
        return _tops([tuple(top)[:_MOST] for top in tops])
    try:
        halves = struct.pack(f"<{len(values)}e", *values)
    except OverflowError:
        halves = struct.pack(f"<{len(values)}e", *map(_half, values))
    return b"".join((bytes(sizes), ids, halves))


def _half(value: float) -> float:
    return value if not math.isfinite(value) else min(_HALF, max(-_HALF, value))


def join(packs: Sequence[Packed]) -> Packed:
    """Put journal entries together as they are stored for good, alternatives compressed."""
    counts, ids, values = [], [], []
    for each in packs:
        tops = plain(each.tops)
        total = sum(tops[: each.count])
        counts.append(tops[: each.count])
        ids.append(tops[each.count : each.count + 4 * total])
        values.append(tops[each.count + 4 * total :])
    return Packed(
        sum(each.count for each in packs),
        b"\x01" + b"".join(each.ids[1:] for each in packs),
        b"\x01" + b"".join(each.logprobs[1:] for each in packs),
        _half_squeezed(b"".join(counts + ids), b"".join(values)),
        b"\x01" + b"".join(each.lengths[1:] for each in packs),
        b"".join(each.pieces for each in packs),
    )


def _half_squeezed(front: bytes, back: bytes) -> bytes:
    """One zlib stream, whose back is not worth compressing and is only stored (RFC 1951, 3.2.4).

    Ids shrink to a half, mostly by their empty bytes; half floats by a seventh, in as much time.
    """
    if len(front) + len(back) < SHORT:
        return b"\x01" + front + back
    packer = zlib.compressobj(1, strategy=zlib.Z_RLE)
    parts = [b"\x02", packer.compress(front), packer.flush(zlib.Z_SYNC_FLUSH)]
    for start in range(0, len(back) or 1, _STORED):
        some = back[start : start + _STORED]
        last = start + _STORED >= len(back)
        parts += [struct.pack("<?HH", last, len(some), len(some) ^ 0xFFFF), some]
    parts.append(zlib.adler32(back, zlib.adler32(front)).to_bytes(4, "big"))
    return b"".join(parts)


def unpack(packed: Packed) -> list[Token]:
    """Read tokens back. Raises ValueError when the blobs do not fit together."""
    count = packed.count
    ids = numbers(packed.ids, "i", count)
    logprobs = numbers(packed.logprobs, "f", count)
    lengths = numbers(packed.lengths, "H", count)
    tops = plain(packed.tops)
    total = sum(tops[:count])
    if len(tops) != count + 6 * total or sum(lengths) != len(packed.pieces):
        raise ValueError("the alternatives or pieces of a take do not fit its tokens")
    top_ids = struct.unpack_from(f"<{total}i", tops, count)
    top_values = struct.unpack_from(f"<{total}e", tops, count + 4 * total)
    tokens, piece_at, top_at = [], 0, 0
    for index in range(count):
        piece_end, top_end = piece_at + lengths[index], top_at + tops[index]
        logprob = logprobs[index]
        tokens.append(
            Token(
                ids[index],
                packed.pieces[piece_at:piece_end],
                None if math.isnan(logprob) else logprob,
                tuple(zip(top_ids[top_at:top_end], top_values[top_at:top_end], strict=True)),
            )
        )
        piece_at, top_at = piece_end, top_end
    return tokens


def numbers(blob: bytes, form: str, count: int | None = None) -> tuple[int, ...]:
    """Read an array of one struct format. Raises ValueError when it has another length."""
    data, size = plain(blob), struct.calcsize(f"<{form}")
    if len(data) % size or (count is not None and len(data) != size * count):
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

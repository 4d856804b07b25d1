"""Tokens as bytes and back: nothing lost but the precision of alternatives; damage is told."""

from __future__ import annotations

import math
import struct
import subprocess
import sys
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.play.token import Token, Tokens, Top
from stage.store import blobs

HALF = st.floats(width=16, allow_nan=False)
TOKENS = st.lists(
    st.builds(
        Token,
        st.integers(-(2**31), 2**31 - 1),
        st.binary(max_size=12),
        st.none() | st.floats(width=32, allow_nan=False),
        st.lists(st.tuples(st.integers(0, 2**31 - 1), HALF), max_size=12).map(tuple),
    ),
    max_size=20,
)


@given(TOKENS, st.booleans())
def test_tokens_read_back(tokens: list[Token], narrow: bool) -> None:
    assert list(blobs.unpack(blobs.pack(tokens, narrow=narrow))) == tokens


@given(TOKENS, st.integers(0, 20), st.integers(0, 20))
def test_tokens_that_came_apart_are_stored_as_those_that_came_at_once(
    tokens: list[Token], one: int, other: int
) -> None:
    arrays = [replace(each, top=Top.of(each.top)) for each in tokens]
    first, last = sorted((one, other))
    parts = [tokens[:first], Tokens.of(arrays[first:last]), arrays[last:]]
    assert blobs.pack(Tokens.joined(parts)) == blobs.pack(tokens)


@pytest.mark.parametrize("last", [0, 255, 256, 65_535, 65_536, 1 << 24, 2**31 - 1, -1])
def test_ids_of_alternatives_take_as_many_bytes_as_the_largest(last: int) -> None:
    width = next(n for n in range(5) if 0 <= last < 256**n or n == 4)
    packed = blobs.pack([Token(1, b"a", -1.0, ((last, -0.5), (0, -1.5)))], narrow=True)
    assert packed.tops[:3] == bytes((3, width, 2))
    assert len(packed.tops) == 3 + 2 * width + 4
    assert [token.top for token in blobs.unpack(packed)] == [((last, -0.5), (0, -1.5))]


@given(TOKENS)
def test_alternatives_that_an_earlier_schema_compressed_read_the_same(tokens: list[Token]) -> None:
    packed = blobs.pack(tokens)
    tops = b"\x02" + zlib.compress(packed.tops[1:])
    assert list(blobs.unpack(packed._replace(tops=tops))) == tokens


def test_more_alternatives_than_a_byte_counts_are_left_out() -> None:
    pairs = tuple((n, -n / 4) for n in range(300))
    for top in (pairs, Top.of(pairs)):
        (read,) = blobs.unpack(blobs.pack([Token(1, b"a", -1.0, top)]))
        assert read.top == pairs[:255]


def test_the_layout_is_as_documented() -> None:
    packed = blobs.pack([Token(258, b"ab", -1.5, ((3, -0.5),)), Token(1, b"", None)])
    assert packed.ids == b"\x01" + struct.pack("<ii", 258, 1)
    assert packed.logprobs[:5] == b"\x01" + struct.pack("<f", -1.5)
    assert math.isnan(struct.unpack("<f", packed.logprobs[5:])[0])
    assert packed.tops == b"\x01\x01\x00" + struct.pack("<ie", 3, -0.5)
    assert packed.lengths == b"\x01\x02\x00\x00\x00"
    assert packed.pieces == b"ab"


def test_a_logprob_beyond_a_half_float_is_clamped() -> None:
    (token,) = blobs.unpack(blobs.pack([Token(1, b"", -1.0, ((1, -1e9), (2, -math.inf)))]))
    assert token.top == ((1, -65504.0), (2, -math.inf))


def test_a_hundred_tokens_with_alternatives_take_about_50_bytes_each() -> None:
    def top(n: int) -> tuple[tuple[int, float], ...]:
        return tuple((n * k * 31 % 32000, -k / 3 - n / 100) for k in range(10))

    tokens = [Token(n * 37, b" word", -n / 7, top(n)) for n in range(100)]
    packed = blobs.pack(tokens, narrow=True)
    stored = sum(map(len, (packed.ids, packed.logprobs, packed.tops, packed.lengths)))
    assert stored / 100 < 52


@pytest.mark.parametrize(
    "damage",
    [
        {"number": 3},
        {"number": 1},
        {"pieces": b"longer than said"},
        {"ids": b"\x09abcd"},
        {"ids": b""},
        {"tops": b"\x02not zlib"},
        {"tops": b"\x02" + zlib.compress(b"x" * 50)[:-4]},
        {"tops": b"\x02" + zlib.compress(b"x" * 50) + b"more"},
        {"tops": b"\x03"},
        {"tops": b"\x03\x05\x00\x00"},
        {"tops": b"\x03\x02\x01\x00abc"},
    ],
)
def test_damage_is_a_value_error(damage: dict[str, object]) -> None:
    packed = blobs.pack([Token(1, b"a", -1.0), Token(2, b"b", -1.0)])
    with pytest.raises(ValueError, match=r"."):
        blobs.unpack(packed._replace(**damage))


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blobs, "LARGEST", 1000)
    with pytest.raises(ValueError, match="too large"):
        blobs.plain(b"\x02" + zlib.compress(bytes(2000)))


@given(st.lists(st.binary(max_size=20), max_size=50))
def test_a_vocabulary_reads_back(pieces: list[bytes]) -> None:
    read = blobs.unpack_vocabulary("h", blobs.pack_vocabulary(pieces))
    assert (read.hash, list(read.pieces)) == ("h", pieces)


@pytest.mark.parametrize(
    "data", [b"", b"\x01\x00", b"\x05\x00\x00\x00", b"\x01\x00\x00\x00\x09\x00a"]
)
def test_a_damaged_vocabulary_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match="vocabulary"):
        blobs.unpack_vocabulary("h", b"\x01" + data)


@given(st.lists(st.integers(-(2**31), 2**31 - 1), max_size=40))
def test_numbers_read_back(values: list[int]) -> None:
    assert list(blobs.numbers(blobs.pack_numbers("i", values), "i")) == values


def test_the_window_loads_neither_numpy_nor_sqlite_utils_for_the_archive() -> None:
    code = (
        "import sys, stage.store.library; "
        "sys.exit(any(name in sys.modules for name in ('numpy', 'sqlite_utils')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

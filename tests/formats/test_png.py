"""Cards in pictures: every kind of text chunk, hostile ones, and the picture's bytes."""

from __future__ import annotations

import base64
import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.formats import png
from stage.kit.errors import BadInput

CODED = base64.b64encode('{"é": 1}'.encode())


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def picture(*chunks: bytes) -> bytes:
    blank = png.blank()
    return blank[:-12] + b"".join(chunks) + blank[-12:]


@pytest.mark.parametrize(
    "made",
    [
        chunk(b"tEXt", b"chara\0" + CODED),
        chunk(b"zTXt", b"Chara\0\0" + zlib.compress(CODED)),
        chunk(b"iTXt", b"ccv3\0\0\0en\0word\0" + CODED),
        chunk(b"iTXt", b"ccv3\0\1\0\0\0" + zlib.compress(CODED)),
    ],
)
def test_every_kind_of_text_chunk_is_read(made: bytes) -> None:
    foreign = chunk(b"tEXt", b"risuai\0" + b"x" * 5_000_000)
    assert png.card(picture(foreign, made)) == '{"é": 1}'


def test_the_newer_card_wins_and_new_cards_leave_the_picture_alone() -> None:
    old = chunk(b"tEXt", b"chara\0" + base64.b64encode(b"2"))
    new = chunk(b"tEXt", b"ccv3\0" + base64.b64encode(b"3"))
    note = chunk(b"tEXt", b"Comment\0kept")
    assert png.card(picture(new, old)) == "3"
    made = png.with_cards(picture(old, note, new), [("chara", "4"), ("ccv3", "5")])
    assert png.card(made) == "5"
    assert made == picture(
        note,
        chunk(b"tEXt", b"chara\0" + base64.b64encode(b"4")),
        chunk(b"tEXt", b"ccv3\0" + base64.b64encode(b"5")),
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"GIF89a", "no PNG"),
        (png.SIGNATURE, "cut off"),
        (png.SIGNATURE + b"\xff\xff\xff\xfftEXt", "cut off"),
        (picture()[:-3], "cut off"),
        (picture(), "no character card"),
        (picture(chunk(b"tEXt", b"chara\0A")), "damaged"),
        (picture(chunk(b"tEXt", b"chara\0" + base64.b64encode(b"\xff"))), "damaged"),
        (picture(chunk(b"zTXt", b"chara\0\0not zlib")), "damaged"),
        (picture(chunk(b"zTXt", b"chara\0\0" + zlib.compress(b"A" * 50_000_000))), "4 MiB"),
        (png.SIGNATURE + b"\0" * png.LARGEST, "20 MiB"),
    ],
)
def test_hostile_pictures_are_bad_input(data: bytes, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        png.card(data)


@given(st.binary(max_size=200), st.integers(0, 300))
def test_no_damage_is_anything_but_bad_input(noise: bytes, at: int) -> None:
    whole = picture(chunk(b"iTXt", b"ccv3\0\1\0\0\0" + zlib.compress(CODED)))
    damaged = whole[:at] + noise + whole[at + len(noise) :]
    with suppress(BadInput):
        png.card(damaged)

"""Cards of three versions in three wrappings: read as V3, nothing lost."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.formats import cards, png
from stage.kit.errors import BadInput
from tests.formats.test_charx import archive

FLAT = '{ "name": "Ada", "first_mes": "Hi.", "odd": 1.50, "odder": {"a":1,"a":2} }'
V2 = (
    '{"spec" : "chara_card_v2", "name": "old", "spec_version": "2.0", "data": { "name": "Ada",'
    ' "alternate_greetings": null, "extensions": {"x/y": [1.0e3, "\\u0041"], "talkativeness":'
    ' "0.9"}, "later": 1 } , "top": 0.10}'
)
V3 = V2.replace("_v2", "_v3").replace("2.0", "3.0")


@pytest.mark.parametrize(
    ("text", "version", "wanted"),
    [
        (FLAT, 1, '{"spec":"chara_card_v3","spec_version":"3.0","data":' + FLAT + "}"),
        (V2, 2, V3),
        (V3, 3, V3),
    ],
)
@pytest.mark.parametrize("wrapping", ["json", "bom", "png", "charx"])
def test_every_version_and_wrapping_keeps_every_byte(
    text: str, version: int, wanted: str, wrapping: str
) -> None:
    data = {
        "json": text.encode(),
        "bom": b"\xef\xbb\xbf" + text.encode(),
        "png": png.with_cards(png.blank(), [("chara", text)]),
        "charx": archive(card_json=text.encode()),
    }[wrapping]
    got = cards.read(data, where="x")
    assert (got.version, got.text, got.persona.name) == (version, wanted, "Ada")
    assert got.picture == (data if wrapping == "png" else None)
    assert got.unknown == (("odd", "odder") if version == 1 else ("later", "extensions.x/y"))


def test_a_picture_carries_both_versions_and_comes_back_whole() -> None:
    picture = png.with_cards(png.blank(), [("Comment", "x")])
    made = cards.as_png(V3, picture)
    assert cards.read(made, where="x").text == V3
    assert png.with_cards(made, []) == picture
    older = made.replace(b"ccv3", b"ccvx")
    assert cards.read(older, where="x").version == 2
    assert cards.read(cards.as_png(V3, None), where="x").text == V3


def test_a_missing_version_is_added() -> None:
    got = cards.read(b'{"spec":"chara_card_v2","data":{"name":"Ada"}}', where="x")
    assert got.text == '{"spec":"chara_card_v3","spec_version":"3.0","data":{"name":"Ada"}}'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not readable JSON"),
        (b"\xff\xfe", "no PNG, CHARX or JSON"),
        (b"[]", "no character card"),
        (b'{"name":"Ada"}', "no character card"),
        (b'{"spec":"chara_card_v3"}', "no character card"),
        (b'{"spec":"chara_card_v3","data":{"name":""}}', "no name"),
        (b'{"spec":"chara_card_v3","data":{"name":"\\ud800"}}', "no text"),
        (b'{"name":"Ada","first_mes":NaN}', "NaN is no number"),
        (b'{"name":"Ada","first_mes":' + b"9" * 5000 + b"}", "too many digits"),
        (b'{"name":"Ada","first_mes":' + b"[" * 100_000, "[(]it is nested too deeply[)]; export"),
        (png.blank(), "The card x cannot be read: the picture holds no character card; choose"),
        (png.blank()[:60], "The card x cannot be read: the picture is cut off"),
        (b" " * (cards.LARGEST + 1), "16 MiB"),
    ],
)
def test_hostile_cards_are_bad_input(data: bytes, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        cards.read(data, where="x")


@given(st.binary(max_size=60) | st.text(st.sampled_from('{}[]",:specdata123\\ '), max_size=60))
def test_no_noise_is_anything_but_bad_input(noise: bytes | str) -> None:
    data = noise if isinstance(noise, bytes) else noise.encode()
    with pytest.raises(BadInput):
        cards.read(data, where="x")


@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=4))
def test_unknown_extensions_survive_any_round(extensions: dict) -> None:
    data = {"name": "A", "extensions": extensions}
    text = json.dumps({"spec": "chara_card_v3", "data": data})
    try:
        got = cards.read(text.encode(), where="x")
    except BadInput:
        return  # a lone surrogate
    assert cards.read(cards.as_png(got.text, None), where="x").text == got.text == text

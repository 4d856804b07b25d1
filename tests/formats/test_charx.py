"""Cards in archives."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.formats import charx, png
from stage.kit.errors import BadInput


def archive(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, data in files.items():
            writer.writestr(name.replace("_", "."), data)
    return made.getvalue()


def test_the_card_is_read_also_behind_a_picture() -> None:
    assert charx.card(archive(card_json=b"{}", other=b"x")) == "{}"
    assert charx.card(b"\xff\xd8 a picture " + archive(card_json=b"{}")) == "{}"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\5\6", "damaged"),
        (archive(other=b"x"), "no card.json"),
        (archive(card_json=b"\xff"), "damaged"),
        (archive(card_json=b" " * (charx.LARGEST_CARD + 1)), "16 MiB"),
        (archive(**{f"f{number}": b"" for number in range(2001)}), "too much"),
    ],
)
def test_hostile_archives_are_bad_input(data: bytes, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        charx.card(data)


@given(st.binary(min_size=1, max_size=20), st.integers(0, 120))
def test_no_damage_is_anything_but_bad_input(noise: bytes, at: int) -> None:
    whole = archive(card_json=b'{"name": "Ada"}')
    with suppress(BadInput):
        charx.card(whole[:at] + noise + whole[at + len(noise) :])


def test_the_main_icon_is_found_where_it_is_a_sound_png() -> None:
    def asset(uri: str, name: str = "main", kind: str = "icon") -> dict[str, str]:
        return {"type": kind, "uri": uri, "name": name, "ext": "png"}

    face, other = png.blank(), png.with_cards(png.blank(), [("chara", "{}")])
    made = archive(card_json=b"{}", **{"face_png": face, "other_png": other, "text_png": b"x"})
    main, second = asset("embeded://face.png"), asset("embedded://other.png", "sad")
    assert charx.icon(made, [second, main]) == face
    assert charx.icon(made, [second]) == other
    assert charx.icon(made, [asset("embeded://text.png"), second]) == other, "no picture"
    uris = ("https://x/face.png", "embeded://gone.png", "ccdefault:")
    ground = asset("embeded://face.png", kind="background")
    for none in (None, "x", [], [1], [ground], *([asset(each)] for each in uris)):
        assert charx.icon(made, none) is None
    assert charx.icon(b"no archive", [main]) is None


def test_an_icon_that_is_a_bomb_is_left_alone() -> None:
    made = archive(card_json=b"{}", face_png=png.SIGNATURE + bytes(png.LARGEST))
    assert len(made) < 1 << 20
    assert charx.icon(made, [{"type": "icon", "uri": "embeded://face.png"}]) is None

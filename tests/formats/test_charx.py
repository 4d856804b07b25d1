"""Cards in archives."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.formats import charx
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

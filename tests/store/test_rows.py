"""The shape of records."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput
from stage.store.rows import TABLES, Column, checked


def test_columns_say_their_form_and_what_they_refer_to() -> None:
    columns = {column.name: column for column in TABLES["take_end"]}
    assert columns["take"] == Column("take", "ref", "take")
    assert columns["error"] == Column("error", "text", "", True)
    assert columns["kept"] == Column("kept", "blob", "", True)
    assert columns["ended"].form == "real"


def test_a_sound_record_comes_back_with_all_columns() -> None:
    table, values = checked({"type": "persona", "id": "a", "name": "Ada"})
    assert (table, values) == ("persona", {"id": "a", "name": "Ada"})
    _, values = checked({"type": "label", "play": "p", "message": "m", "kind": "tag",
                         "name": "n", "event": 1})  # fmt: skip
    assert values["value"] is None


def test_a_whole_number_may_stand_for_a_real_one() -> None:
    row = {"type": "persona_version", "hash": "h", "persona": "p", "card": "{}", "made": 5}
    assert checked(row)[1]["made"] == 5


def test_large_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stage.store.rows.BLOB", 3)
    with pytest.raises(BadInput, match="MiB"):
        checked({"type": "vocabulary", "hash": "h", "pieces": b"four"})


def test_a_missing_column_is_named() -> None:
    with pytest.raises(BadInput, match="a persona record lacks name"):
        checked({"type": "persona", "id": "a"})

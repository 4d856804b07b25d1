"""One line: its hash covers all of it and everything before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.kit.errors import BadInput
from stage.play.line import Kind
from stage.play.provenance import LineRecord
from stage.store import lines
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.making import stock

MESSAGE = {"id": "a", "play": "p", "kind": "speech", "text": "hello", "made": 1.0, "status": "x"}


@pytest.mark.parametrize("key", lines.HASHED)
def test_every_column_changes_the_hash(key: str) -> None:
    changed = {**MESSAGE, key: "something else"}
    assert lines.message_hash("h", changed) != lines.message_hash("h", MESSAGE)


def test_the_parent_changes_the_hash_and_nothing_else_does() -> None:
    one = lines.message_hash("h", MESSAGE)
    assert one == lines.message_hash("h", {**MESSAGE, "rid": 5, "hash": "x"})
    assert one != lines.message_hash("i", MESSAGE) != lines.message_hash(None, MESSAGE)
    assert one.startswith("b2:")


def test_the_hash_is_stable_over_versions() -> None:
    assert lines.message_hash(None, MESSAGE) == "b2:976ab82a464a23f4d1323782a31e27f9"


@given(st.none() | st.lists(st.text(st.characters(codec="utf-8"))))
def test_members_read_back(ids: list[str] | None) -> None:
    wanted = None if ids is None else tuple(ids)
    assert lines.members_of(lines.members(ids)) == wanted


@given(st.text())
def test_sound_text_is_utf8_and_valid_text_stays(text: str) -> None:
    sound = lines.sound(text)
    assert len(sound) <= len(text)
    sound.encode("utf-8")
    if text.isascii() or "\ufffd" not in sound:
        assert sound == text


def test_a_record_without_time_gets_the_clock_s(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stage.kit.clock.now", lambda: 77.0)

    async def work(library: Library) -> None:
        made = await stock(library)
        record = LineRecord("l1", made.play, made.root, Kind.DIRECTION, None, "Enter Ada.")
        assert (await library.add_line(record)).id == "l1"
        assert (await library.line("l1")).made == 77.0
        with pytest.raises(BadInput, match="no play"):
            await library.add_line(LineRecord("l2", "none", made.root, Kind.SPEECH, "bo", "x"))

    opened(work)


def test_a_persona_version_must_be_known(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        record = LineRecord(
            "l1", made.play, made.root, Kind.SPEECH, "bo", "x", persona_version="b2:none"
        )
        with pytest.raises(BadInput, match="no persona version"):
            await library.add_line(record)

    opened(work)

"""Stage JSONL: lossless both ways, and never more than BadInput from a hostile file."""

from __future__ import annotations

import asyncio
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stage.formats import stage
from stage.formats.format import Source
from stage.kit.errors import BadInput
from stage.play.tree import Tree
from stage.store.library import Library
from tests.store.making import forest

SCALAR = (
    st.none() | st.integers(-(2**60), 2**60) | st.text(st.characters(codec="utf-8")) | st.binary()
)
ROWS = st.lists(
    st.dictionaries(st.text("abcxyz", min_size=1), SCALAR).map(lambda row: {**row, "type": "row"})
)


def file_of(rows: list[Any]) -> bytes:
    return "".join(stage._written(rows)).encode("utf-8")


def rows_of(data: bytes) -> list[dict[str, Any]]:
    return list(stage.read(io.BytesIO(data)))


@given(ROWS)
def test_rows_come_back_and_the_same_rows_give_the_same_bytes(rows: list[dict[str, Any]]) -> None:
    data = file_of(rows)
    assert rows_of(data) == rows
    assert file_of(rows_of(data)) == data


def test_the_file_has_header_sorted_keys_and_an_end() -> None:
    rows = [{"type": "event", "time": 0.0, "b": b"\x00\xff"}]
    header, row, end = (json.loads(line) for line in file_of(rows).splitlines())
    assert header["created"] == "1970-01-01T00:00:00Z"
    assert (header["format"], header["version"]) == ("stage", 2)
    assert header["app"] == stage.__version__
    assert row == {"type": "event", "time": 0.0, "b": {"base64": "AP8="}}
    assert list(row) == sorted(row)
    assert end["counts"] == {"event": 1}
    assert b"\r" not in file_of(rows)


@settings(max_examples=8)
@given(st.lists(st.integers(0, 20), max_size=10))
def test_a_play_goes_out_and_comes_in_equal(shape: list[int]) -> None:
    async def inside() -> None:
        with tempfile.TemporaryDirectory() as folder:
            one = await Library.open(Path(folder) / "one.db")
            made = await forest(one, shape)
            records = [row async for row in one.dump(made.play)]
            source = Source(made.play, made.scene, await one.tree(made.play), records=records)
            data = "".join(stage.write(source)).encode("utf-8")
            await one.close()
            two = await Library.open(Path(folder) / "two.db")
            assert await two.restore(stage.read(io.BytesIO(data))) == made.play
            assert [row async for row in two.dump(made.play)] == records
            again = await two.restore(stage.read(io.BytesIO(data)))
            assert again == made.play
            await two.close()

    asyncio.run(inside())


ROW = [{"type": "a", "x": 1}, {"type": "b", "y": b"12"}]


@pytest.mark.parametrize("cut", range(4))
def test_a_file_cut_between_its_lines_is_refused(cut: int) -> None:
    lines = file_of(ROW).splitlines(keepends=True)
    with pytest.raises(BadInput):
        rows_of(b"".join(lines[:cut]))


def test_a_file_cut_anywhere_is_refused() -> None:
    data = file_of(ROW)
    for at in range(len(data) - 2):
        with pytest.raises(BadInput):
            rows_of(data[:at])


def test_a_changed_byte_is_refused() -> None:
    data = file_of(ROW)
    for at in range(data.index(b"\n") + 1, len(data)):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        try:
            found = rows_of(changed)
        except BadInput:
            continue
        assert found == ROW  # a space where JSON does not care


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"hello\n", "readable JSON"),
        (b"[]\n", "no object"),
        (b"{}\n", "not a Stage export"),
        (b'{"format":"stage","version":"1"}\n', "not a Stage export"),
        (b'{"format":"stage","version":true}\n', "not a Stage export"),
        (b'{"format":"stage","version":4}\n', "update Stage"),
        (b'{"format":"stage","version":NaN}\n', "readable JSON"),
        (b"\xff\xfe\n", "readable JSON"),
        (b"[" * 100_000, "readable JSON"),
        (b'{"version":' + b"9" * 5000 + b"}", "readable JSON"),
        (b"", "not a Stage export"),
    ],
)
def test_a_wrong_beginning_is_told(head: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        rows_of(head + file_of(ROW).split(b"\n", 1)[1])


@pytest.mark.parametrize("value", ['{"base64":"?"}', '{"base64":5}', '{"hex":"00"}', "{}"])
def test_bytes_that_cannot_be_read_are_refused(value: str) -> None:
    header = file_of([]).splitlines(keepends=True)[0]
    with pytest.raises(BadInput, match="bytes"):
        rows_of(header + f'{{"type":"a","x":{value}}}\n'.encode())


def test_more_after_the_end_is_refused() -> None:
    with pytest.raises(BadInput, match="goes on"):
        rows_of(file_of(ROW) + b"{}\n")
    assert rows_of(file_of(ROW) + b"\n") == ROW


def test_size_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "LINE", 100)
    with pytest.raises(BadInput, match="larger than"):
        rows_of(file_of([{"type": "a", "x": "y" * 200}]))
    monkeypatch.setattr(stage, "FILE", 150)
    with pytest.raises(BadInput, match="larger than"):
        rows_of(file_of([{"type": "a", "x": "y" * 50}] * 5))


@settings(max_examples=200)
@given(
    st.binary(max_size=300)
    | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace"))
)
def test_any_bytes_only_raise_bad_input(data: bytes) -> None:
    for start in (b"", file_of([]).splitlines(keepends=True)[0]):
        with pytest.raises(BadInput):
            rows_of(start + data)


def test_it_knows_its_own() -> None:
    assert stage.ENTRY.sniff(file_of(ROW)) == 1.0
    assert stage.ENTRY.sniff(b"{}") == 0.0
    assert "".join(stage.write(Source("p", None, Tree([]))))  # type: ignore[arg-type]

"""JSON read without recursion is the JSON that Python reads, however deep; else BadInput."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.formats import deep
from stage.kit.errors import BadInput

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(VALUES, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_what_python_writes_is_read(value: Any, indent: Any, plain: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=plain)
    assert deep.loads(text.encode("utf-8")) == value
    assert deep._Reader(text).read() == value


def test_depth_is_no_matter() -> None:
    levels = 100_000
    value = deep.loads(b'{"a":[' * levels + b"1" + b"]}" * levels)
    for _ in range(levels):
        (value,) = value["a"]
    assert value == 1
    with pytest.raises(BadInput, match="nests"):
        deep.loads(b"[" * (deep.DEPTH + 1))


@pytest.mark.parametrize(
    "data",
    [
        b"", b" ", b"{", b"[1", b"[1,]", b"[,1]", b"{1:2}", b'{"a"}', b'{"a":1,}', b"[1}", b"{]",
        b"NaN", b"[Infinity]", b"-", b"01", b"1 2", b'"a', b'"\n"', b'"\\x"', b"nul", b"1e999",
        b"\xff", b"9" * 5000, b"tru e", b'{"a" 1}',
    ],
)  # fmt: skip
def test_what_is_no_json_is_bad_input(data: bytes) -> None:
    with pytest.raises(BadInput):
        deep.loads(data)


@given(st.binary(max_size=60) | st.text('[]{}",:01e-.\\utrfalsn \n', max_size=40).map(str.encode))
def test_any_bytes_are_json_or_bad_input(data: bytes) -> None:
    try:
        expected = json.loads(data.decode("utf-8-sig"), parse_constant=lambda _: 1 / 0)
    except (ValueError, ZeroDivisionError):
        with pytest.raises(BadInput):
            deep.loads(data)
        return
    if "inf" not in repr(expected):
        assert deep.loads(data) == expected


def test_marks_and_lone_surrogates() -> None:
    assert deep.loads(b'\xef\xbb\xbf {"a":"\\ud83d\\ude00 \\ud800"}') == {"a": "\U0001f600 \ufffd"}


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deep, "LARGEST", 3)
    with pytest.raises(BadInput, match="larger than"):
        deep.loads(b"[1, 2]")

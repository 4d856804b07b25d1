from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.engine import protocol
from stage.engine.protocol import BadFrame, Lines, decode, encode

texts = st.text(max_size=30)
numbers = st.integers(-(2**40), 2**40)
MESSAGES: st.SearchStrategy[Any] = st.one_of(
    st.builds(protocol.Count, texts, st.lists(texts, max_size=3)),
    st.builds(protocol.Stop, texts, texts),
    st.builds(protocol.Threads, numbers),
    st.builds(protocol.Beat, numbers, st.floats(allow_nan=False)),
    st.builds(protocol.Reading, texts, numbers, numbers),
    st.builds(protocol.Divide, texts, st.lists(st.lists(texts, max_size=2)), texts, texts),
    st.builds(protocol.Scored, texts, numbers, numbers, texts, texts, texts, texts, texts),
    st.builds(protocol.Failed, texts, texts, texts),
    st.builds(
        protocol.Over,
        texts,
        texts,
        st.none() | numbers,
        st.dictionaries(texts, numbers, max_size=2),
        st.none() | texts,
    ),
    st.just(protocol.CancelLoad()),
)


@given(MESSAGES)
def test_a_message_comes_back_as_it_was(message: Any) -> None:
    line = encode(message)
    assert line.count(b"\n") == 1
    assert line.isascii()
    assert decode(line.strip()) == message


@given(st.lists(MESSAGES, max_size=4), st.data())
def test_a_stream_cut_anywhere_gives_the_same_messages(messages: list[Any], data: Any) -> None:
    stream = b"".join(encode(message) for message in messages)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=6)))
    lines = Lines()
    got = []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        got += [decode(line) for line in lines.feed(stream[start:end])]
    assert got == messages


def test_a_stream_cut_at_every_byte_gives_the_same_messages() -> None:
    messages = [protocol.Stop("é\n☃", "b"), protocol.Threads(3), protocol.Beat(1, 0.5)]
    stream = b"".join(encode(message) for message in messages)
    lines = Lines()
    got = [decode(line) for at in range(len(stream)) for line in lines.feed(stream[at : at + 1])]
    assert got == messages


@given(st.binary(max_size=60))
def test_garbage_is_refused_and_never_raises_anything_else(data: bytes) -> None:
    for line in Lines().feed(data + b"\n"):
        with pytest.raises(BadFrame):
            decode(line)


@pytest.mark.parametrize(
    "data",
    [
        {"t": "Nothing"},
        {"t": "Stop", "id": "a"},
        {"t": "Stop", "id": "a", "take": 1},
        {"t": "Stop", "id": "a", "take": "b", "more": 1},
        {"t": "Threads", "count": True},
        {"t": "Threads", "count": 1.5},
        {"t": ["Threads"], "count": 1},
        {"count": 1},
        [],
        7,
    ],
)
def test_what_is_not_exactly_a_message_is_refused(data: Any) -> None:
    with pytest.raises(BadFrame):
        decode(json.dumps(data).encode())


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(BadFrame):
        decode(b"[" * 200_000)


def test_a_line_without_end_is_refused() -> None:
    lines = Lines(longest=100)
    assert lines.feed(b"x" * 60) == []
    with pytest.raises(BadFrame):
        lines.feed(b"x" * 60)


def test_arrays_travel_whole_or_are_refused() -> None:
    assert list(protocol.unpack(protocol.pack(b"\1\0\0\0\2\0\0\0"), "i")) == [1, 2]
    for broken in ("!", protocol.pack(b"\1\0\0")):
        with pytest.raises(BadFrame):
            protocol.unpack(broken, "i")


@given(st.lists(st.binary(max_size=9), max_size=30))
def test_a_vocabulary_comes_back_with_a_hash_of_its_own(pieces: list[bytes]) -> None:
    packed = protocol.pack_pieces(pieces)
    digest, got = protocol.unpack_pieces(packed, len(pieces))
    assert got == pieces
    assert (
        digest != protocol.unpack_pieces(protocol.pack_pieces([*pieces, b"x"]), len(pieces) + 1)[0]
    )
    with pytest.raises(BadFrame):
        protocol.unpack_pieces(packed, len(pieces) + 1)

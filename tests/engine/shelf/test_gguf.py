from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stage.engine.shelf.gguf import Long, read_head
from stage.kit.errors import BadInput
from tests.engine.helpers import LLAMA, gguf_bytes, write_gguf


def refusal(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        read_head(path)
    sentence = caught.value.sentence
    assert path.name in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert caught.value.exit_code == 2
    return sentence


def test_a_head_is_read(tmp_path: Path) -> None:
    head = read_head(write_gguf(tmp_path / "a.gguf"))
    assert head.metadata["general.name"] == "Tiny"
    assert head.metadata["tokenizer.ggml.tokens"] == Long(100)
    assert [tensor.values for tensor in head.tensors] == [64, 64]
    assert head.size == (tmp_path / "a.gguf").stat().st_size


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"<!DOCTYPE html><html>", "is a web page"),
        (b"PK\x03\x04....", "zip archive"),
        (b"version https://git-lfs.github.com/spec/v1", "Git LFS pointer"),
        (b"lmgg" + b"\0" * 40, "older than GGUF"),
        (b"\x10\0\0\0\0\0\0\0" + b'{"a":1}' + b" " * 60, "safetensors"),
        (b"\0" * 100, "is not a GGUF model"),
        (b"GGUF\0\0\0\3" + b"\0" * 60, "other byte order"),
        (b"GGUF\1\0\0\0" + b"\0" * 60, "version 1"),
        (b"GGUF\3\0\0\0" + b"\xff" * 60, "damaged"),
        (b"GGUF", "in the middle of its head"),
    ],
)
def test_strangers_are_named(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(data)
    assert words in refusal(path)


def test_missing_folder_and_forbidden_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="There is no file"):
        read_head(tmp_path / "none.gguf")
    with pytest.raises(BadInput, match="is a folder"):
        read_head(tmp_path)


def test_a_file_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever runs tests may be allowed to read everything, so opening is refused by hand."""

    def refuse(path: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    path = write_gguf(tmp_path / "theirs.gguf")
    monkeypatch.setattr(Path, "open", refuse)
    assert "may not be read; change its permissions" in refusal(path)


def test_a_truncated_file_is_told_with_its_share(tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "cut.gguf")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) - 300])
    assert "is cut short" in refusal(path)
    path.write_bytes(data[:200])
    assert "in the middle of its head" in refusal(path)


@settings(max_examples=60)
@given(st.data())
def test_no_damage_does_more_than_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = bytearray(gguf_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("damage") / "x.gguf"
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
    with contextlib.suppress(BadInput):
        read_head(path)


def test_a_split_model_is_one_model(tmp_path: Path) -> None:
    data = {**LLAMA, "split.count": 2}
    first = write_gguf(tmp_path / "m-00001-of-00002.gguf", data)
    assert "m-00002-of-00002.gguf is missing" in refusal(first)
    second = write_gguf(tmp_path / "m-00002-of-00002.gguf", data)
    head = read_head(first)
    assert len(head.tensors) == 4
    assert head.shards == (first, second)
    assert "choose m-00001-of-00002.gguf" in refusal(second)
    assert "does not say which" in refusal(write_gguf(tmp_path / "odd.gguf", data))

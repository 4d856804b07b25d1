from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from stage.engine.shelf.card import Card, describe, full_sha256, record_of
from stage.kit.canonical import canonical
from stage.kit.errors import BadInput
from tests.engine.helpers import LLAMA, write_gguf


def card(tmp_path: Path, name: str = "m.gguf", **data: Any) -> Card:
    return describe(
        write_gguf(tmp_path / name, {**LLAMA, **{k.replace("__", "."): v for k, v in data.items()}})
    )


def test_a_card_tells_what_the_file_says(tmp_path: Path) -> None:
    row = card(tmp_path, general__file_type=7).to_json()
    assert row["name"] == "Tiny"
    assert row["architecture"] == "llama"
    assert row["parameters"] == 128
    assert row["quantisation"] == "Q8_0"
    assert row["context_length"] == 256
    assert row["vocabulary"] == 100
    assert row["has_template"] is False
    assert row["size_bytes"] == (tmp_path / "m.gguf").stat().st_size
    assert isinstance(row["reasons"], list)


def test_identity_is_of_the_content_and_not_of_the_place(tmp_path: Path) -> None:
    one = card(tmp_path, "a.gguf")
    other = describe((tmp_path / "a.gguf").rename(tmp_path / "b.gguf"))
    assert one.identity == other.identity
    assert card(tmp_path, "c.gguf", general__name="Else").identity != one.identity


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("m.gguf", {"general__name": "Tiny Instruct"}, "chat"),
        ("m.gguf", {"general__name": "Tiny Base"}, "base"),
        ("tiny-chat.gguf", {}, "unknown"),
        ("tiny-base.gguf", {"tokenizer__chat_template": "{{ x }}"}, "unknown"),
        ("m.gguf", {"tokenizer__chat_template": "{{ x }}"}, "unknown"),
        ("m.gguf", {"general__name": "It is a biography"}, "unknown"),
        ("m.gguf", {"general__finetune": "it", "tokenizer__chat_template": "x"}, "chat"),
        ("tiny-instruct.gguf", {"general__name": "Tiny Base", "general__finetune": "base"}, "base"),
    ],
)
def test_kind_is_a_vote_in_which_the_file_name_alone_decides_nothing(
    tmp_path: Path, name: str, data: dict[str, Any], kind: str
) -> None:
    got = card(tmp_path, name, **data)
    assert (got.kind, bool(got.reasons)) == (kind, True)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"general__type": "adapter"}, "LoRA adapter"),
        ({"general__architecture": "clip"}, "image projector"),
        ({"general__architecture": "nomic-bert"}, "embedding or encoder"),
        ({"llama__pooling_type": 3}, "embedding or encoder"),
        ({"general__architecture": "llada"}, "diffusion"),
        ({"general__type": "imatrix"}, "importance matrix"),
    ],
)
def test_what_cannot_speak_is_named(tmp_path: Path, data: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        card(tmp_path, **data)


def test_a_vocabulary_alone_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="vocabulary only"):
        describe(write_gguf(tmp_path / "v.gguf", LLAMA, tensors=0))


def test_the_record_can_be_stored(tmp_path: Path) -> None:
    got = card(tmp_path, odd=float("nan"), endless=float("inf"))
    sha = full_sha256(tmp_path / "m.gguf")
    assert sha == hashlib.sha256((tmp_path / "m.gguf").read_bytes()).hexdigest()
    record = record_of(got, "b2:x", sha)
    canonical(record.metadata)
    assert "tokenizer.ggml.tokens" not in record.metadata
    assert (record.identity, record.sha256, record.vocabulary) == (got.identity, sha, "b2:x")

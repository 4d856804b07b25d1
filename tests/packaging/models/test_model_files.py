"""The shipped model files carry the keys that the app and the licences need."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from gguf_header import read_metadata

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "models"
TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' "
    "+ message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)


@pytest.fixture(scope="module")
def base() -> dict[str, Any]:
    return read_metadata(FOLDER / "stage-base.gguf")


@pytest.fixture(scope="module")
def chat() -> dict[str, Any]:
    return read_metadata(FOLDER / "stage-chat.gguf")


def test_names_and_architecture(base: dict[str, Any], chat: dict[str, Any]) -> None:
    assert base["general.name"] == "Stage base"
    assert chat["general.name"] == "Stage chat"
    for keys in (base, chat):
        assert keys["general.architecture"] == "llama"
        assert keys["llama.context_length"] >= 1024
        assert keys["general.file_type"] == 7


def test_licence_and_provenance(base: dict[str, Any], chat: dict[str, Any]) -> None:
    for keys in (base, chat):
        assert keys["general.license"] == "other"
        assert keys["general.license.link"] == "NOTICE"
        assert keys["general.dataset.count"] >= 8
        assert keys["general.dataset.0.repo_url"].startswith("https://github.com/")
    assert base["general.base_model.count"] == 0
    assert chat["general.base_model.0.name"] == "Stage base"


def test_one_shared_vocabulary(base: dict[str, Any], chat: dict[str, Any]) -> None:
    tokens = base["tokenizer.ggml.tokens"]
    assert len(tokens) == 4096
    assert tokens[:4] == ["<|bos|>", "<|eos|>", "<|im_start|>", "<|im_end|>"]
    assert set(base["tokenizer.ggml.token_type"][:16]) == {3}
    for key in ("tokens", "merges", "token_type", "model", "pre"):
        assert base[f"tokenizer.ggml.{key}"] == chat[f"tokenizer.ggml.{key}"]
    assert (base["tokenizer.ggml.model"], base["tokenizer.ggml.pre"]) == ("gpt2", "gpt-2")
    for keys in (base, chat):
        assert keys["tokenizer.ggml.bos_token_id"] == 0
        assert keys["tokenizer.ggml.add_bos_token"] is True


def test_ends(base: dict[str, Any], chat: dict[str, Any]) -> None:
    assert base["tokenizer.ggml.eos_token_id"] == 1
    assert chat["tokenizer.ggml.eos_token_id"] == 3
    assert chat["tokenizer.ggml.eot_token_id"] == 3


def test_only_chat_has_a_template(base: dict[str, Any], chat: dict[str, Any]) -> None:
    assert "tokenizer.chat_template" not in base
    assert "general.finetune" not in base
    assert chat["tokenizer.chat_template"] == TEMPLATE
    assert chat["general.finetune"] == "chat"
    assert chat["general.sampling.temp"] == pytest.approx(0.8)


def test_size() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.gguf")) <= 32_000_000


def test_notice_and_card() -> None:
    notice = (FOLDER / "NOTICE").read_text(encoding="utf-8")
    for word in ("Topical-Chat", "Synthetic-Persona-Chat", "Taskmaster", "African Storybook"):
        assert word in notice
    assert (FOLDER / "MODEL_CARD.md").is_file()


def test_every_bar_holds() -> None:
    record = json.loads((FOLDER / "bars.json").read_text(encoding="utf-8"))
    assert set(record["bars"]) == {
        "base_bits_per_byte", "chat_ended", "chat_foreign_names", "agreement", "bytes",
    }  # fmt: skip
    for bar in record["bars"].values():
        holds = bar["value"] <= bar["most"] if "most" in bar else bar["value"] >= bar["least"]
        assert holds
        assert bar["holds"]
    sizes = {kind: (FOLDER / f"stage-{kind}.gguf").stat().st_size for kind in ("base", "chat")}
    assert record["bytes"] == sizes

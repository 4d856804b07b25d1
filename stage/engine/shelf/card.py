"""What a model file is, told without loading it: a row of `stage models` and a model's card.

Base or chat is a vote whose reasons are shown; the file's name alone decides nothing
(engine.md, section 7). Knows GGUF heads, no llama.cpp.
"""

import hashlib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from stage.engine.shelf.gguf import Head, Long, read_head
from stage.kit.errors import BadInput
from stage.play.provenance import ModelRecord

MIB = 1024 * 1024
CHEAP = 64 * MIB  # a file below this is hashed whole at once
_CHAT = re.compile(
    r"(?:^|[^a-z])(instruct|chat|sft|dpo|rlhf|thinking|reasoning|assistant|it$)(?:$|[^a-z])"
)
_BASE = re.compile(r"(?:^|[^a-z])(base|pretrained|pretrain|pt$)(?:$|[^a-z])")
_TELLING = ("general.name", "general.finetune", "general.basename", "general.tags")
_QUANTISATIONS = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K",
    11: "Q3_K_S", 12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S",
    17: "Q5_K_M", 18: "Q6_K", 19: "IQ2_XXS", 20: "IQ2_XS", 21: "Q2_K_S", 22: "IQ3_XS",
    23: "IQ3_XXS", 24: "IQ1_S", 25: "IQ4_NL", 26: "IQ3_S", 27: "IQ3_M", 28: "IQ2_S",
    29: "IQ2_M", 30: "IQ4_XS", 31: "IQ1_M", 32: "BF16", 36: "TQ1_0", 37: "TQ2_0", 38: "MXFP4",
}  # fmt: skip
_ENCODERS = ("bert", "t5", "embedding", "wavtokenizer")
_DIFFUSERS = ("dream", "llada", "rnd1", "diffusion")


@dataclass(frozen=True)
class Card:
    """What a file says about itself.

    Attributes:
        kind: "base", "chat" or "unknown", with `reasons` in words.
        parameters: numbers in all tensors.
        context_length: tokens it was trained for, None when it does not say.
        vocabulary: entries.
        identity: size and sha256 of the first and the last MiB, as one string.
        metadata: of the file, long arrays and numbers that are not finite left out.
    """

    path: str
    name: str
    architecture: str
    kind: Literal["base", "chat", "unknown"]
    reasons: tuple[str, ...]
    parameters: int
    quantisation: str
    context_length: int | None
    vocabulary: int
    has_template: bool
    size_bytes: int
    identity: str
    metadata: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def to_json(self) -> dict[str, Any]:
        """The row of `stage models`."""
        names = (
            "path", "name", "architecture", "kind", "reasons", "parameters", "quantisation",
            "context_length", "vocabulary", "has_template", "size_bytes", "identity",
        )  # fmt: skip
        row = {name: getattr(self, name) for name in names}
        return {**row, "reasons": list(self.reasons)}


def describe(path: Path) -> Card:
    """Read a model file's card. Raises BadInput for what Stage cannot play."""
    path = path.absolute()
    return card_of(read_head(path))


def card_of(head: Head) -> Card:
    """Make the card of a head. Raises BadInput for kinds that cannot be played."""
    refuse_unfit(head)
    data = head.metadata
    architecture = _text(data, "general.architecture")
    kind, reasons = vote(head)
    tokens = data.get("tokenizer.ggml.tokens")
    vocabulary = tokens.length if isinstance(tokens, Long) else len(tokens or ())
    return Card(
        path=str(head.path),
        name=_text(data, "general.name") or head.path.stem,
        architecture=architecture,
        kind=kind,
        reasons=reasons,
        parameters=sum(tensor.values for tensor in head.tensors),
        quantisation=_quantisation(head),
        context_length=_whole(data, f"{architecture}.context_length"),
        vocabulary=vocabulary,
        has_template=bool(_text(data, "tokenizer.chat_template")),
        size_bytes=head.size,
        identity=identity(head.path, head.size),
        metadata=_storable(data),
    )


def refuse_unfit(head: Head) -> None:
    """Raise BadInput for files that hold no text generator."""
    data, name = head.metadata, head.path.name
    architecture, sort = _text(data, "general.architecture"), _text(data, "general.type")
    pooling = data.get(f"{architecture}.pooling_type", 0)
    why = ""
    if sort == "adapter" or any(key.startswith("adapter.") for key in data):
        why = "is a LoRA adapter, not a whole model"
    elif sort == "mmproj" or architecture == "clip":
        why = "is an image projector (mmproj), not a language model"
    elif sort == "imatrix" or architecture == "controlvector":
        why = "is an aid for other models (importance matrix or control vector), not a model"
    elif not head.tensors:
        why = "holds a vocabulary only, no weights"
    elif any(word in architecture for word in _DIFFUSERS):
        why = "is a diffusion model, which Stage cannot play"
    elif any(word in architecture for word in _ENCODERS) or pooling in (1, 2, 3, 4):
        why = "is an embedding or encoder model, which cannot continue a text"
    elif not architecture or "tokenizer.ggml.model" not in data:
        why = "does not say what it is (no architecture or no vocabulary)"
    if why:
        raise BadInput(f"{name} {why}; choose a text-generating model.")


def vote(head: Head) -> tuple[Literal["base", "chat", "unknown"], tuple[str, ...]]:
    """Vote on base or chat from the file's own words, its tokens and its template.

    Returns:
        The kind and every reason for or against it. Only the file's own words decide; its
        name, its template and its tokens, which many base files have too, merely weigh in.
    """
    data = head.metadata
    own = [each for key in _TELLING for each in _words(_said(data, key), key, 2)]
    if _whole(data, "general.base_model.count") == 0:
        own.append((-1, "says that it is made from no other model"))
    other = _words(head.path.stem.lower(), "the file name", 1) + _token_votes(head)
    if _text(data, "tokenizer.chat_template"):
        other.append((1, "has a chat template (weak: many base files have one)"))
    word = sum(weight for weight, _ in own)
    total = word + sum(weight for weight, _ in other)
    kind: Literal["base", "chat", "unknown"] = "unknown"
    if total > 0 and word > 0:
        kind = "chat"
    elif total < 0 and word < 0:
        kind = "base"
    reasons = tuple(dict.fromkeys(reason for _, reason in (*own, *other)))
    return kind, reasons or ("says nothing about it",)


def _said(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    words = value if isinstance(value, list) else [value]
    return " ".join(each for each in words if isinstance(each, str)).lower()


def _words(text: str, source: str, weight: int) -> list[tuple[int, str]]:
    votes = []
    if found := _CHAT.search(text):
        votes.append((weight, f"“{found[1]}” in {source}"))
    if found := _BASE.search(text):
        votes.append((-weight, f"“{found[1]}” in {source}"))
    return votes


def _token_votes(head: Head) -> list[tuple[int, str]]:
    data = head.metadata
    votes = []
    if head.marks:
        votes.append((1, f"has the end-of-turn token {min(head.marks)}"))
    eos, eot = (data.get(f"tokenizer.ggml.{key}_token_id") for key in ("eos", "eot"))
    if eot is not None and eot != eos:
        votes.append((1, "its end of turn differs from its end of text"))
    return votes


def identity(path: Path, size: int) -> str:
    """Size of all parts plus the sha256 of the first and the last MiB of the (first) file."""
    with path.open("rb") as file:
        digest = hashlib.sha256(file.read(MIB))
        file.seek(max(0, path.stat().st_size - MIB))
        digest.update(file.read(MIB))
    return f"{size}:{digest.hexdigest()}"


def full_sha256(path: Path) -> str:
    """Sha256 of a whole file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def record_of(card: Card, vocabulary: str, sha256: str | None) -> ModelRecord:
    """Make what is stored about a model with each take."""
    return ModelRecord(
        card.identity, card.path, card.size_bytes, card.name, card.architecture,
        card.quantisation, vocabulary, card.metadata, sha256,
    )  # fmt: skip


def _quantisation(head: Head) -> str:
    declared = head.metadata.get("general.file_type")
    if isinstance(declared, int) and declared & 1023 in _QUANTISATIONS:
        return _QUANTISATIONS[declared & 1023]
    weights: dict[str, int] = {}
    for tensor in head.tensors:
        weights[tensor.type] = weights.get(tensor.type, 0) + tensor.values
    return max(weights, key=lambda kind: weights[kind])


def _storable(data: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in data.items() if not isinstance(value, Long)}
    return {key: value for key, value in kept.items() if not _endless(value)}


def _endless(value: Any) -> bool:
    """Whether a value does not fit into a record: not finite, or a text without end."""
    if isinstance(value, list):
        return any(_endless(each) for each in value)
    if isinstance(value, float):
        return not math.isfinite(value)
    return isinstance(value, str) and len(value) > 300_000


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""


def _whole(data: Mapping[str, Any], key: str) -> int | None:
    value = data.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None

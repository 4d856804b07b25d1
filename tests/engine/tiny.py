"""A random-weight llama model with a byte-level vocabulary that wants no BOS, in one small file."""

from __future__ import annotations

import random
import struct
from pathlib import Path
from typing import Any

from tests.engine.helpers import gguf_head

MERGES = ["Ġ t", "h e", "Ġt he", "l l", "e r"]
WIDTH, HEADS, FORWARD, LAYERS, CONTEXT = 32, 4, 64, 2, 512


def _letters() -> list[str]:
    """The character that stands for each byte in GPT-2's vocabulary."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = iter(range(256, 512))
    return [chr(byte if byte in plain else next(others)) for byte in range(256)]


LETTERS = _letters()
TOKENS = [*LETTERS, *(merge.replace(" ", "") for merge in MERGES), "<|endoftext|>"]
METADATA: dict[str, Any] = {
    "general.architecture": "llama",
    "general.name": "Tiny without BOS",
    "llama.context_length": CONTEXT,
    "llama.block_count": LAYERS,
    "llama.embedding_length": WIDTH,
    "llama.feed_forward_length": FORWARD,
    "llama.attention.head_count": HEADS,
    "llama.attention.head_count_kv": HEADS,
    "llama.attention.layer_norm_rms_epsilon": 1e-5,
    "tokenizer.ggml.model": "gpt2",
    "tokenizer.ggml.pre": "gpt-2",
    "tokenizer.ggml.tokens": TOKENS,
    "tokenizer.ggml.token_type": [1] * (len(TOKENS) - 1) + [3],
    "tokenizer.ggml.merges": MERGES,
    "tokenizer.ggml.bos_token_id": len(TOKENS) - 1,
    "tokenizer.ggml.eos_token_id": len(TOKENS) - 1,
    "tokenizer.ggml.add_bos_token": False,
    "tokenizer.chat_template": "{% for m in messages %}[{{ m.role }}]\n{{ m.content }}\n"
    "{% endfor %}{% if add_generation_prompt %}[assistant]\n{% endif %}",
}


def _shapes() -> dict[str, tuple[int, ...]]:
    shapes: dict[str, tuple[int, ...]] = {"token_embd.weight": (WIDTH, len(TOKENS))}
    for layer in range(LAYERS):
        for name in ("attn_norm", "ffn_norm"):
            shapes[f"blk.{layer}.{name}.weight"] = (WIDTH,)
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            shapes[f"blk.{layer}.{name}.weight"] = (WIDTH, WIDTH)
        for name in ("ffn_gate", "ffn_up"):
            shapes[f"blk.{layer}.{name}.weight"] = (WIDTH, FORWARD)
        shapes[f"blk.{layer}.ffn_down.weight"] = (FORWARD, WIDTH)
    return shapes | {"output_norm.weight": (WIDTH,)}


def write_tiny(path: Path, **metadata: Any) -> Path:
    """Write the model; metadata is added or replaced, dots as double underscores."""
    told = METADATA | {key.replace("__", "."): value for key, value in metadata.items()}
    return write_model(path, told, _shapes())


def write_model(path: Path, metadata: dict[str, Any], shapes: dict[str, tuple[int, ...]]) -> Path:
    """Write a model of random F32 weights: norms near 1, decays of a state below 0."""
    draw = random.Random(7)
    body = b""
    for name, shape in shapes.items():
        count = shape[0] * (shape[1] if len(shape) > 1 else 1)
        centre, spread = (1.0, 0.0) if len(shape) == 1 else (0.0, 0.1)
        centre = -1.0 if name.endswith("ssm_a") else centre
        body += struct.pack(f"<{count}f", *(draw.gauss(centre, spread) for _ in range(count)))
        body += b"\0" * (-len(body) % 32)
    path.write_bytes(gguf_head(metadata, shapes) + body)
    return path

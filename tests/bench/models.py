"""The bench's own model: random weights in the shape of a llama of 135 million parameters.

Made once into build/ (git ignores it) and used again. Weights are Q8_0 with one scale for all
blocks; the vocabulary has the size of GPT-2's, its merges are made up of letters.
"""

import itertools
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from tests.engine.helpers import gguf_head
from tests.engine.tiny import LETTERS

WIDTH, LAYERS, HEADS, KEY_HEADS, FORWARD, VOCABULARY = 576, 30, 9, 3, 1536, 50257
CONTEXT, SPREAD = 8192, 0.02
FOLDER = Path(__file__).parents[2] / "build" / "bench"


def shape_135m() -> Path:
    """Return the file of the model; write it when it is not there yet."""
    path = FOLDER / "random-135m-q8_0-1.gguf"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(b"".join(_file()))
        part.replace(path)
    return path


def _vocabulary() -> tuple[list[str], list[str]]:
    """Tokens and merges: syllables of two, three and four letters, a space counted as one."""
    letters = ["Ġ", *(chr(code) for code in range(ord("a"), ord("z") + 1))]
    pairs = [(one, two) for one in letters for two in letters[1:]]
    twos = [one + two for one, two in pairs]
    threes = itertools.product(twos, letters[1:])
    fours = itertools.product(twos, twos[26:])  # the first 26 begin with a space
    wanted = VOCABULARY - 1 - len(LETTERS)
    merges = list(itertools.islice(itertools.chain(pairs, threes, fours), wanted))
    made = [one + two for one, two in merges]
    assert len(set(made)) == wanted
    return [*LETTERS, *made, "<|endoftext|>"], [f"{one} {two}" for one, two in merges]


def _metadata() -> dict[str, Any]:
    tokens, merges = _vocabulary()
    return {
        "general.architecture": "llama",
        "general.name": "Random 135M",
        "general.file_type": 7,
        "llama.context_length": CONTEXT,
        "llama.block_count": LAYERS,
        "llama.embedding_length": WIDTH,
        "llama.feed_forward_length": FORWARD,
        "llama.attention.head_count": HEADS,
        "llama.attention.head_count_kv": KEY_HEADS,
        "llama.attention.layer_norm_rms_epsilon": 1e-5,
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.pre": "gpt-2",
        "tokenizer.ggml.tokens": tokens,
        "tokenizer.ggml.token_type": [1] * (len(tokens) - 1) + [3],
        "tokenizer.ggml.merges": merges,
        "tokenizer.ggml.bos_token_id": len(tokens) - 1,
        "tokenizer.ggml.eos_token_id": len(tokens) - 1,
        "tokenizer.ggml.add_bos_token": False,
    }


def _shapes() -> dict[str, tuple[int, ...]]:
    shapes: dict[str, tuple[int, ...]] = {"token_embd.weight": (WIDTH, VOCABULARY)}
    keys = WIDTH // HEADS * KEY_HEADS
    for layer in range(LAYERS):
        block = f"blk.{layer}."
        shapes |= {f"{block}{name}.weight": (WIDTH,) for name in ("attn_norm", "ffn_norm")}
        shapes |= {f"{block}{name}.weight": (WIDTH, WIDTH) for name in ("attn_q", "attn_output")}
        shapes |= {f"{block}{name}.weight": (WIDTH, keys) for name in ("attn_k", "attn_v")}
        shapes |= {f"{block}{name}.weight": (WIDTH, FORWARD) for name in ("ffn_gate", "ffn_up")}
        shapes[f"{block}ffn_down.weight"] = (FORWARD, WIDTH)
    return shapes | {"output_norm.weight": (WIDTH,)}


def _file() -> Iterator[bytes]:
    shapes = _shapes()
    quantised = {name for name, shape in shapes.items() if len(shape) > 1}
    yield gguf_head(_metadata(), shapes, quantised)
    dice = np.random.default_rng(135)
    for name, shape in shapes.items():
        data = _blocks(dice, shape) if name in quantised else _norm(shape[0])
        yield data + b"\0" * (-len(data) % 32)


def _blocks(dice: np.random.Generator, shape: tuple[int, ...]) -> bytes:
    """Q8_0: blocks of a half-precision scale and 32 signed bytes, here drawn evenly."""
    count = shape[0] * shape[1] // 32
    blocks = np.empty((count, 34), dtype=np.int8)
    blocks[:, 2:] = dice.integers(-127, 128, (count, 32), dtype=np.int8)
    scale = SPREAD / (127 / 3**0.5)  # an even spread over -127 ... 127 has this deviation
    blocks[:, :2] = np.frombuffer(struct.pack("<e", scale), dtype=np.int8)
    return blocks.tobytes()


def _norm(width: int) -> bytes:
    return np.ones(width, dtype=np.float32).tobytes()

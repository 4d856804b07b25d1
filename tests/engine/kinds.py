"""Random-weight models with other memories than full attention, each in one tiny file.

Shapes follow llama.cpp's loader: gemma2 (sliding window in every other layer), mamba
(recurrent), jamba (recurrent and attention layers by turns).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.engine.tiny import FORWARD, HEADS, METADATA, TOKENS, WIDTH, write_model

WINDOW, STATE, CONV, RANK, INNER = 12, 16, 4, 4, 2 * WIDTH
Shapes = dict[str, tuple[int, ...]]
SSM = {"conv_kernel": CONV, "inner_size": INNER, "state_size": STATE, "time_step_rank": RANK}


def _attention(block: str) -> Shapes:
    return {f"{block}attn_{name}.weight": (WIDTH, WIDTH) for name in ("q", "k", "v", "output")}


def _forward(block: str) -> Shapes:
    return {
        f"{block}ffn_norm.weight": (WIDTH,),
        f"{block}ffn_gate.weight": (WIDTH, FORWARD),
        f"{block}ffn_up.weight": (WIDTH, FORWARD),
        f"{block}ffn_down.weight": (FORWARD, WIDTH),
    }


def _recurrent(block: str) -> Shapes:
    return {
        f"{block}ssm_in.weight": (WIDTH, 2 * INNER),
        f"{block}ssm_conv1d.weight": (CONV, INNER),
        f"{block}ssm_conv1d.bias": (INNER,),
        f"{block}ssm_x.weight": (INNER, RANK + 2 * STATE),
        f"{block}ssm_dt.weight": (RANK, INNER),
        f"{block}ssm_dt.bias": (INNER,),
        f"{block}ssm_a": (STATE, INNER),
        f"{block}ssm_d": (INNER,),
        f"{block}ssm_out.weight": (INNER, WIDTH),
    }


def _gemma2(block: str, layer: int) -> Shapes:
    norms = ("post_attention_norm", "post_ffw_norm")
    return {
        **_attention(block),
        **_forward(block),
        **{f"{block}{n}.weight": (WIDTH,) for n in norms},
    }


def _jamba(block: str, layer: int) -> Shapes:
    if layer % 2:
        return {**_attention(block), **_forward(block)}
    norms = {"ssm_dt_norm": RANK, "ssm_b_norm": STATE, "ssm_c_norm": STATE}
    return {
        **_recurrent(block),
        **_forward(block),
        **{f"{block}{name}.weight": (width,) for name, width in norms.items()},
    }


KINDS: dict[str, tuple[dict[str, Any], Any]] = {
    "llama": ({}, lambda block, _: {**_attention(block), **_forward(block)}),
    "gemma2": ({"attention.sliding_window": WINDOW}, _gemma2),
    "mamba": (
        {"attention.head_count": 0, "attention.head_count_kv": 0, "feed_forward_length": 0}
        | {f"ssm.{key}": value for key, value in SSM.items()},
        lambda block, _: _recurrent(block),
    ),
    "jamba": (
        {"attention.head_count_kv": [0, HEADS, 0, HEADS]}
        | {f"ssm.{key}": value for key, value in SSM.items()},
        _jamba,
    ),
}


def write_kind(path: Path, kind: str, layers: int = 4) -> Path:
    """Write a model of an architecture out of KINDS, with the vocabulary of the tiny llama."""
    told, block_shapes = KINDS[kind]
    metadata = {key.replace("llama.", f"{kind}."): value for key, value in METADATA.items()}
    metadata |= {"general.architecture": kind, f"{kind}.block_count": layers}
    metadata |= {f"{kind}.{key}": value for key, value in told.items()}
    shapes: Shapes = {"token_embd.weight": (WIDTH, len(TOKENS)), "output_norm.weight": (WIDTH,)}
    for layer in range(layers):
        shapes[f"blk.{layer}.attn_norm.weight"] = (WIDTH,)
        shapes |= block_shapes(f"blk.{layer}.", layer)
    return write_model(path, metadata, shapes)

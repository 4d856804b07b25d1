"""Writing a network as GGUF: the llama architecture, in F32 or Q8_0."""

from __future__ import annotations

import argparse
import json
import os
import signal
from pathlib import Path

import gguf
import numpy as np
import torch
from gguf.constants import GGMLQuantizationType, LlamaFileType, TokenType

from metadata import Description, describe
from network import EPSILON, Network, Shape
from tokenizer import BOS, EOS, PAD, SPECIALS, TURN_END, load_tokenizer


def load_network(path: Path) -> Network:
    """The network of a checkpoint, on the CPU."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    network = Network(Shape(**state["shape"]))
    network.load_state_dict(state["weights"])
    return network.eval()


def interleaved(weight: np.ndarray, heads: int) -> np.ndarray:
    """Rows of a query or key matrix in llama.cpp's order: rotary pairs side by side."""
    rows, columns = weight.shape
    halves = weight.reshape(heads, 2, rows // heads // 2, columns)
    return halves.swapaxes(1, 2).reshape(rows, columns)


def tensors_of(network: Network) -> dict[str, np.ndarray]:
    """All tensors under llama.cpp's names."""
    shape = network.shape
    weights = {name: value.detach().float().numpy() for name, value in network.named_parameters()}
    found = {
        "token_embd.weight": weights["embedding.weight"],
        "output_norm.weight": weights["norm.weight"],
        "output.weight": weights["head.weight"],
    }
    names = {
        "attn_norm": "attention_norm",
        "attn_q": "attention.q",
        "attn_k": "attention.k",
        "attn_v": "attention.v",
        "attn_output": "attention.o",
        "ffn_norm": "feed_norm",
        "ffn_gate": "gate",
        "ffn_up": "up",
        "ffn_down": "down",
    }
    for layer in range(shape.depth):
        for theirs, ours in names.items():
            value = weights[f"layers.{layer}.{ours}.weight"]
            if theirs in ("attn_q", "attn_k"):
                value = interleaved(value, shape.heads if theirs == "attn_q" else shape.kv_heads)
            found[f"blk.{layer}.{theirs}.weight"] = value
    return found


def add_shape(writer: gguf.GGUFWriter, shape: Shape, kind: LlamaFileType) -> None:
    """The keys that llama.cpp needs to build the network."""
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.depth)
    writer.add_feed_forward_length(shape.hidden)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_key_length(shape.head_size)
    writer.add_value_length(shape.head_size)
    writer.add_rope_dimension_count(shape.head_size)
    writer.add_rope_freq_base(shape.rope_base)
    writer.add_layer_norm_rms_eps(EPSILON)
    writer.add_vocab_size(shape.vocabulary)
    writer.add_file_type(kind)
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)


def add_vocabulary(writer: gguf.GGUFWriter, work: Path, chat: bool) -> None:
    """The tokenizer: tokens, types, merges and the special tokens' numbers."""
    model = json.loads(load_tokenizer(work).to_str())["model"]
    tokens = sorted(model["vocab"], key=model["vocab"].__getitem__)
    merges = [pair if isinstance(pair, str) else " ".join(pair) for pair in model["merges"]]
    types = [TokenType.CONTROL if token in SPECIALS else TokenType.NORMAL for token in tokens]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    writer.add_token_merges(merges)
    writer.add_bos_token_id(BOS)
    writer.add_eos_token_id(TURN_END if chat else EOS)
    writer.add_eot_token_id(TURN_END)
    writer.add_pad_token_id(PAD)
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(False)
    writer.add_add_space_prefix(False)


def export(network: Network, description: Description, work: Path, target: Path, q8: bool) -> None:
    """Write one file under another name first, then move it into place."""
    temporary = target.with_name(target.name + ".tmp")
    writer = gguf.GGUFWriter(temporary, "llama")
    describe(writer, description, sum(value.numel() for value in network.parameters()))
    add_shape(writer, network.shape, LlamaFileType.MOSTLY_Q8_0 if q8 else LlamaFileType.ALL_F32)
    add_vocabulary(writer, work, description.chat)
    for name, value in tensors_of(network).items():
        if q8 and value.ndim == 2:
            packed = gguf.quants.quantize(value, GGMLQuantizationType.Q8_0)
            writer.add_tensor(name, packed, raw_dtype=GGMLQuantizationType.Q8_0)
        else:
            writer.add_tensor(name, np.ascontiguousarray(value, dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    os.replace(temporary, target)


def main() -> None:
    """Export one checkpoint as F32 (into the working folder) and Q8_0 (into the target)."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C ends it at once, also inside a library
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--kind", choices=("base", "chat"), required=True)
    parser.add_argument("--target", type=Path, required=True, help="folder of the Q8_0 file")
    arguments = parser.parse_args()
    network = load_network(arguments.work / f"{arguments.kind}.pt")
    description = Description(arguments.kind == "chat")
    name = f"stage-{arguments.kind}"
    arguments.target.mkdir(parents=True, exist_ok=True)
    export(network, description, arguments.work, arguments.work / f"{name}-f32.gguf", q8=False)
    export(network, description, arguments.work, arguments.target / f"{name}.gguf", q8=True)
    size = (arguments.target / f"{name}.gguf").stat().st_size
    print(f"{name}.gguf: {size:,} bytes", flush=True)


if __name__ == "__main__":
    main()

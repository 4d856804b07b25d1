"""The shared tokenizer: a byte-level BPE of 4,096 entries with the special tokens reserved."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

ENTRIES = 4096
BOS, EOS, TURN_START, TURN_END, PAD = range(5)
SPECIALS = ["<|bos|>", "<|eos|>", "<|im_start|>", "<|im_end|>", "<|pad|>"] + [
    f"<|reserved_{number}|>" for number in range(11)
]


def train_tokenizer(texts: Iterable[str]) -> Tokenizer:
    """Train the tokenizer; its splitting is GPT-2's, which llama.cpp calls `gpt-2`."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=ENTRIES,
        special_tokens=SPECIALS,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    if tokenizer.get_vocab_size() != ENTRIES:
        raise ValueError(f"expected {ENTRIES} entries, got {tokenizer.get_vocab_size()}")
    return tokenizer


def load_tokenizer(work: Path) -> Tokenizer:
    """Load the trained tokenizer from the working folder."""
    return Tokenizer.from_file(str(work / "tokenizer.json"))

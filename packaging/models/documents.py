"""Token streams for base training: documents raw or rewritten, shuffled, one file an epoch."""

from __future__ import annotations

import argparse
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

import corpus
import frames
from configurations import CONFIGURATIONS
from tokenizer import BOS, EOS, train_tokenizer

REWRITTEN = 0.45


def documents(rng: random.Random) -> Iterator[str]:
    """All training documents of one epoch, some rewritten into the transcript frame."""
    known = corpus.train_facts()
    for name in corpus.DIALOGUE_SETS:
        talk = name in corpus.TALK_SETS
        for scene in corpus.scenes(name):
            if rng.random() < REWRITTEN:
                facts = corpus.facts_of(scene, known) if name == "synthetic_persona_chat" else {}
                yield from frames.transcripts(scene, talk, facts, rng)
            else:
                yield scene
    for name in corpus.PROSE_SETS:
        yield from corpus.scenes(name)


def encode_epoch(tokenizer: Tokenizer, seed: int) -> np.ndarray:
    """One epoch as a single row of tokens: BOS, the document, a line end, EOS, and so on."""
    rng = random.Random(seed)
    texts = list(documents(rng))
    rng.shuffle(texts)
    rows = []
    for start in range(0, len(texts), 2000):
        for encoding in tokenizer.encode_batch(
            [text + "\n" for text in texts[start : start + 2000]]
        ):
            rows.append(np.array([BOS, *encoding.ids, EOS], dtype=np.uint16))
    return np.concatenate(rows)


def main() -> None:
    """Train the tokenizer, then write the epochs."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C ends it at once, also inside a library
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--configuration", choices=sorted(CONFIGURATIONS), default="cpu")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    tokenizer = train_tokenizer(documents(random.Random(0)))
    tokenizer.save(str(arguments.work / "tokenizer.json"))
    print(f"tokenizer: {tokenizer.get_vocab_size()} entries", flush=True)
    for number in range(CONFIGURATIONS[arguments.configuration].epochs):
        tokens = encode_epoch(tokenizer, seed=number + 1)
        np.save(arguments.work / f"epoch{number}.npy", tokens)
        print(f"epoch {number}: {len(tokens):,} tokens", flush=True)


if __name__ == "__main__":
    main()

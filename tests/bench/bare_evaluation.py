"""A bare evaluation over llama.cpp: a text in its largest batches, logits for every position.

Run in its own process: `python -m tests.bench.bare_evaluation MODEL THREADS IDS.json KIND`, where
KIND is "exact" for the attention whose logits do not depend on how a text is cut, or "flash".
"""

import json
import sys
import time
from pathlib import Path

import llama_cpp as ll

from tests.bench.bare import open_context, put

BATCH = 512  # as many as llama.cpp computes at once


def run(path: str, threads: int, ids: list[int], *, flash: bool) -> float:
    """Tokens a second, after a first batch that warms up."""
    _, context = open_context(path, 0, len(ids) + 256, threads, BATCH, flash=flash)
    batch = ll.llama_batch_init(BATCH, 0, 1)
    memory = ll.llama_get_memory(context)
    evaluate(context, batch, ids[:BATCH])
    ll.llama_memory_clear(memory, True)
    began = time.perf_counter()
    evaluate(context, batch, ids)
    return len(ids) / (time.perf_counter() - began)


def evaluate(context: object, batch: object, ids: list[int]) -> None:
    for start in range(0, len(ids), BATCH):
        chunk = ids[start : start + BATCH]
        for row, token in enumerate(chunk):
            put(batch, row, token, start + row, 0, True)
        batch.n_tokens = len(chunk)
        assert ll.llama_decode(context, batch) == 0


if __name__ == "__main__":
    file, cores, text, kind = sys.argv[1:]
    rate = run(file, int(cores), json.loads(Path(text).read_text()), flash=kind == "flash")
    print(json.dumps({"tokens_per_s": rate}))

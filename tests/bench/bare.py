"""A bare loop over llama.cpp: N takes from one prefix, nothing of Stage but its prompt's ids.

Run in its own process: `python -m tests.bench.bare MODEL THREADS LENGTH,... ID,ID,... [plain]`.
It does the least that gives the same data: one batch, one sampler chain a take, raw logprobs
and the ten likeliest of every token. With `plain` it only decodes: it feeds tokens that are
known before, draws none and reads no row. Prints one JSON object with the seconds of the loop.
"""

import ctypes
import json
import sys
import time

import llama_cpp as ll
import numpy as np


def open_context(
    path: str, takes: int, cells: int, threads: int, outputs: int = 0, *, flash: bool = True
) -> tuple[object, object]:
    ll.llama_log_set(SILENT, ctypes.c_void_p(0))
    ll.llama_backend_init()
    model = ll.llama_model_load_from_file(path.encode(), ll.llama_model_default_params())
    params = ll.llama_context_default_params()
    params.n_ctx, params.n_seq_max, params.kv_unified = cells, takes + 1, True
    params.n_outputs_max = outputs or takes + 1
    params.n_threads = params.n_threads_batch = threads
    if not flash:
        params.flash_attn_type = ll.LLAMA_FLASH_ATTN_TYPE_DISABLED
    return model, ll.llama_init_from_model(model, params)


@ll.llama_log_callback
def SILENT(level: int, text: bytes, data: object) -> None:  # noqa: N802 - a C callback
    pass


def chain(seed: int) -> object:
    made = ll.llama_sampler_chain_init(ll.llama_sampler_chain_default_params())
    ll.llama_sampler_chain_add(made, ll.llama_sampler_init_dist(seed))
    return made


def put(batch: object, row: int, token: int, pos: int, seq: int, wanted: bool) -> None:
    batch.token[row] = token
    batch.pos[row] = pos
    batch.n_seq_id[row] = 1
    batch.seq_id[row][0] = seq
    batch.logits[row] = wanted


def read(context: object, row: int, vocabulary: int) -> np.ndarray:
    logits = np.ctypeslib.as_array(ll.llama_get_logits_ith(context, row), (vocabulary,))
    top = np.argpartition(logits, -10)[-10:]
    highest = logits[top].max()
    total = highest + np.log(np.exp(logits - highest).sum())
    order = top[np.argsort(-logits[top])]
    return logits[order] - total


def run(
    path: str, threads: int, lengths: list[int], ids: list[int], plain: bool = False
) -> dict[str, float]:
    takes = len(lengths)
    model, context = open_context(path, takes, len(ids) + sum(lengths) + 256, threads)
    vocabulary = ll.llama_vocab_n_tokens(ll.llama_model_get_vocab(model))
    memory = ll.llama_get_memory(context)
    batch = ll.llama_batch_init(2048, 0, 1)
    for at, token in enumerate(ids):
        put(batch, at, token, at, 0, False)
    batch.n_tokens = len(ids)
    assert ll.llama_decode(context, batch) == 0
    work = plain_loop if plain else loop
    work(context, memory, batch, [4] * takes, ids, vocabulary)  # warm
    began = time.perf_counter()
    work(context, memory, batch, lengths, ids, vocabulary)
    return {"seconds": time.perf_counter() - began, "tokens": sum(lengths)}


def loop(
    context: object, memory: object, batch: object, lengths: list[int], ids: list[int], v: int
) -> None:
    """Read the last token of the kept prompt again, then one row a living take and step."""
    branch(context, memory, batch, len(lengths), ids)
    chains = [chain(seed) for seed in range(1, len(lengths) + 1)]
    rows = dict.fromkeys(range(len(lengths)), 0)
    for step in range(max(lengths)):
        living = [take for take in rows if lengths[take] > step]
        chosen = {
            take: ll.llama_sampler_sample(chains[take], context, rows[take]) for take in living
        }
        for take in living:
            read(context, rows[take], v)
        going = [take for take in living if lengths[take] > step + 1]
        for row, take in enumerate(going):
            put(batch, row, chosen[take], len(ids) + step, take + 1, True)
            rows[take] = row
        batch.n_tokens = len(going)
        if going:
            assert ll.llama_decode(context, batch) == 0
    for take, made in enumerate(chains):
        ll.llama_sampler_free(made)
        ll.llama_memory_seq_rm(memory, take + 1, -1, -1)


def branch(context: object, memory: object, batch: object, takes: int, ids: list[int]) -> None:
    last = len(ids) - 1
    ll.llama_memory_seq_rm(memory, 0, last, -1)
    put(batch, 0, ids[last], last, 0, True)
    batch.n_tokens = 1
    assert ll.llama_decode(context, batch) == 0
    for take in range(takes):
        ll.llama_memory_seq_cp(memory, 0, take + 1, -1, -1)


def plain_loop(
    context: object, memory: object, batch: object, lengths: list[int], ids: list[int], v: int
) -> None:
    """The same decodes and nothing else."""
    branch(context, memory, batch, len(lengths), ids)
    for step in range(max(lengths) - 1):
        going = [take for take in range(len(lengths)) if lengths[take] > step + 1]
        for row, take in enumerate(going):
            token = (take * 7919 + step * 104729) % v
            put(batch, row, token, len(ids) + step, take + 1, True)
        batch.n_tokens = len(going)
        assert ll.llama_decode(context, batch) == 0
    for take in range(len(lengths)):
        ll.llama_memory_seq_rm(memory, take + 1, -1, -1)


if __name__ == "__main__":
    file, cores, *numbers = sys.argv[1:]
    wanted, prompt = ([int(x) for x in each.split(",")] for each in numbers[:2])
    print(json.dumps(run(file, int(cores), wanted, prompt, plain=numbers[2:] == ["plain"])))

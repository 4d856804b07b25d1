"""An independent computation: raw logits of llama.cpp, read in a process of its own.

`python reference.py MODEL` reads {text} from stdin and prints {ids, logprobs, entropies, ranks}
of the whole text; logprobs[i] belongs to ids[i], null for the first.
"""

from __future__ import annotations

import ctypes
import json
import sys

import llama_cpp.llama_cpp as lib
import numpy as np


def main() -> None:
    lib.llama_backend_init()
    quiet = lib.llama_log_callback(lambda *_: None)
    lib.llama_log_set(quiet, None)
    model = lib.llama_model_load_from_file(sys.argv[1].encode(), lib.llama_model_default_params())
    params = lib.llama_context_default_params()
    params.n_ctx = params.n_batch = 512
    params.flash_attn_type = lib.LLAMA_FLASH_ATTN_TYPE_DISABLED  # its rounding is coarse
    context = lib.llama_init_from_model(model, params)
    vocab = lib.llama_model_get_vocab(model)
    data = json.load(sys.stdin)["text"].encode()
    ids = (ctypes.c_int32 * 600)()
    count = lib.llama_tokenize(vocab, data, len(data), ids, 600, True, False)
    batch = lib.llama_batch_init(count, 0, 1)
    batch.n_tokens = count
    for at in range(count):
        batch.token[at], batch.pos[at] = ids[at], at
        batch.n_seq_id[at], batch.seq_id[at][0], batch.logits[at] = 1, 0, 1
    assert lib.llama_decode(context, batch) == 0
    size = lib.llama_vocab_n_tokens(vocab)
    found: dict[str, list[object]] = {"logprobs": [None], "entropies": [None], "ranks": [None]}
    for at in range(count - 1):
        pointer = lib.llama_get_logits_ith(context, at)
        row = np.ctypeslib.as_array(pointer, (size,)).astype(np.float64)
        p = np.exp(row - row.max())
        p /= p.sum()
        token = ids[at + 1]
        found["logprobs"].append(float(np.log(p[token])))
        found["entropies"].append(float(-(p * np.log(p)).sum()))
        found["ranks"].append(int((row > row[token]).sum()) + 1)
    sys.stdout.write(json.dumps({"ids": ids[:count], **found}) + "\n")


if __name__ == "__main__":
    main()

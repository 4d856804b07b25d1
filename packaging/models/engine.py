"""A thin wrapper over llama.cpp's C interface, only for measuring."""

from __future__ import annotations

import ctypes
from pathlib import Path
from types import TracebackType

import llama_cpp
import numpy as np

from metadata import SAMPLING

CONTEXT = 1024
_SILENT = llama_cpp.llama_log_callback(lambda level, text, data: None)


class Engine:
    """One GGUF file, one context."""

    def __init__(self, path: Path, threads: int = 1) -> None:
        llama_cpp.llama_log_set(_SILENT, ctypes.c_void_p(0))
        llama_cpp.llama_backend_init()
        settings = llama_cpp.llama_model_default_params()
        settings.n_gpu_layers = 0
        self.model = llama_cpp.llama_model_load_from_file(str(path).encode(), settings)
        if not self.model:
            raise ValueError(f"{path.name} does not load")
        wanted = llama_cpp.llama_context_default_params()
        wanted.n_ctx = CONTEXT
        wanted.n_batch = CONTEXT
        wanted.n_ubatch = CONTEXT // 2
        wanted.n_threads = wanted.n_threads_batch = threads
        self.context = llama_cpp.llama_init_from_model(self.model, wanted)
        self.vocabulary = llama_cpp.llama_model_get_vocab(self.model)
        self.entries = llama_cpp.llama_vocab_n_tokens(self.vocabulary)
        self.batch = llama_cpp.llama_batch_init(CONTEXT, 0, 1)

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        llama_cpp.llama_batch_free(self.batch)
        llama_cpp.llama_free(self.context)
        llama_cpp.llama_model_free(self.model)

    def tokens(self, text: str, special: bool = False, bos: bool = False) -> list[int]:
        """The tokens of a text; `special` lets the names of special tokens stand for them."""
        data = text.encode()
        room = (llama_cpp.llama_token * (len(data) + 8))()
        count = llama_cpp.llama_tokenize(
            self.vocabulary, data, len(data), room, len(room), bos, special
        )
        return list(room[:count])

    def forget(self) -> None:
        """Empty the context."""
        llama_cpp.llama_memory_clear(llama_cpp.llama_get_memory(self.context), True)

    def read(self, tokens: list[int], start: int, every: bool) -> np.ndarray:
        """Logits after the tokens placed from position `start`: of each, or of the last."""
        batch = self.batch
        batch.n_tokens = len(tokens)
        for index, token in enumerate(tokens):
            batch.token[index] = token
            batch.pos[index] = start + index
            batch.n_seq_id[index] = 1
            batch.seq_id[index][0] = 0
            batch.logits[index] = every or index == len(tokens) - 1
        if llama_cpp.llama_decode(self.context, batch) != 0:
            raise RuntimeError("llama.cpp could not read the tokens")
        rows = len(tokens) if every else 1
        logits = llama_cpp.llama_get_logits(self.context)
        return np.ctypeslib.as_array(logits, (rows, self.entries)).copy()

    def is_end(self, token: int) -> bool:
        """Whether the token ends a turn or a document."""
        return bool(llama_cpp.llama_vocab_is_eog(self.vocabulary, token))

    def text(self, tokens: list[int]) -> str:
        """The text of tokens, without special ones."""
        room = ctypes.create_string_buffer(64)
        data = b""
        for token in tokens:
            size = llama_cpp.llama_token_to_piece(self.vocabulary, token, room, 64, 0, False)
            data += room.raw[: max(size, 0)]
        return data.decode(errors="replace")

    def sample(self, prompt: list[int], most: int, seed: int, stop: str | None = None) -> list[int]:
        """Sample with the app's chat defaults; ends after an end token, `most` or at `stop`."""
        chain = sampler(seed)
        self.forget()
        logits_from, start, written = prompt, 0, []
        while len(written) < most:
            self.read(logits_from, start, every=False)
            start += len(logits_from)
            token = llama_cpp.llama_sampler_sample(chain, self.context, -1)
            written.append(token)
            if self.is_end(token) or (stop and stop in self.text([token])):
                break
            logits_from = [token]
        llama_cpp.llama_sampler_free(chain)
        return written


def sampler(seed: int) -> llama_cpp.llama_sampler_p:
    """The app's default chain for chat: top-k, top-p, min-p, temperature, a seeded draw."""
    chain = llama_cpp.llama_sampler_chain_init(llama_cpp.llama_sampler_chain_default_params())
    for part in (
        llama_cpp.llama_sampler_init_top_k(SAMPLING["top_k"]),
        llama_cpp.llama_sampler_init_top_p(SAMPLING["top_p"], 1),
        llama_cpp.llama_sampler_init_min_p(SAMPLING["min_p"], 1),
        llama_cpp.llama_sampler_init_temp(SAMPLING["temp"]),
        llama_cpp.llama_sampler_init_dist(seed),
    ):
        llama_cpp.llama_sampler_chain_add(chain, part)
    return chain

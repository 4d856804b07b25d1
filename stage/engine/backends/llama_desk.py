"""A context of llama.cpp: one cache of sequences, and the batches that are evaluated in it.

Guards what the library does not check itself: rows per batch, wanted outputs.
"""

import ctypes
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import llama_cpp.llama_cpp as lib
import numpy as np

from stage.engine.worker.runner import Row

if TYPE_CHECKING:
    from stage.engine.worker.runner import Rows


class LlamaDesk:
    """One context of a model."""

    def __init__(
        self, model: Any, context: Any, *, branch_anywhere: bool, outputs: int = 0
    ) -> None:
        """Take over a context that gives at most `outputs` rows; see runner.Facts."""
        self._context = context
        self._anywhere = branch_anywhere
        self._memory = lib.llama_get_memory(context)
        self._n_vocab = lib.llama_vocab_n_tokens(lib.llama_model_get_vocab(model))
        self._n_batch = lib.llama_n_batch(context)
        self._outputs = outputs or max(lib.llama_n_seq_max(context), 32)
        self._make_batch()
        self._set_abort()

    def _make_batch(self) -> None:
        """Lay a batch over numpy arrays; each row has its own cell for one sequence id."""
        size = self._n_batch
        self._token = np.zeros(size, dtype=np.int32)
        self._position = np.zeros(size, dtype=np.int32)
        self._sequence = np.zeros(size, dtype=np.int32)
        self._one = np.ones(size, dtype=np.int32)
        self._wanted = np.zeros(size, dtype=np.int8)
        base, width = self._sequence.ctypes.data, self._sequence.itemsize
        self._pointers = (ctypes.c_void_p * size)(*(base + i * width for i in range(size)))
        ints = ctypes.POINTER(ctypes.c_int32)
        self._batch = lib.llama_batch(
            n_tokens=0,
            token=self._token.ctypes.data_as(ints),
            embd=None,
            pos=self._position.ctypes.data_as(ints),
            n_seq_id=self._one.ctypes.data_as(ints),
            seq_id=ctypes.cast(self._pointers, ctypes.POINTER(ints)),
            logits=self._wanted.ctypes.data_as(ctypes.POINTER(ctypes.c_int8)),
        )

    def _set_abort(self) -> None:
        """Let a byte in memory stop a decode: the callback is libc's strlen, free of Python."""
        self._flag = ctypes.create_string_buffer(2)
        strlen = ctypes.cast(ctypes.CDLL(None).strlen, ctypes.c_void_p).value
        self._strlen = lib.ggml_abort_callback(strlen)
        lib.llama_set_abort_callback(
            self._context, self._strlen, ctypes.cast(self._flag, ctypes.c_void_p)
        )

    def decode(self, rows: Sequence[Row]) -> int:
        """Evaluate rows. 0 done, 1 no room and nothing changed, 2 aborted, below 0 failed."""
        count = len(rows)
        tokens, positions, sequences, wanted = zip(*rows, strict=True)
        if not 0 < count <= self._n_batch or sum(wanted) > self._outputs:
            return -1
        self._token[:count] = tokens
        self._position[:count] = positions
        self._sequence[:count] = sequences
        self._wanted[:count] = wanted
        self._batch.n_tokens = count
        return int(lib.llama_decode(self._context, self._batch))

    def logits(self, count: int) -> "Rows":
        """The wanted rows of the last decode, in order: a view, good until the next decode."""
        return np.ctypeslib.as_array(lib.llama_get_logits(self._context), (count, self._n_vocab))

    def share(self, source: int, target: int, length: int, start: int = 0) -> None:
        """Let `target` hold the positions from `start` to `length` of `source` too."""
        first, last = (start, length) if self._anywhere and length > start else (-1, -1)
        lib.llama_memory_seq_cp(self._memory, source, target, first, last)

    def forget(self, sequence: int) -> None:
        """Drop a sequence; cells that nobody else shares become free."""
        lib.llama_memory_seq_rm(self._memory, sequence, -1, -1)

    def rewind(self, sequence: int, length: int) -> bool:
        """Make sure that a sequence holds exactly `length` positions; False if it cannot."""
        reached = int(lib.llama_memory_seq_pos_max(self._memory, sequence)) + 1
        if reached > length:
            return bool(lib.llama_memory_seq_rm(self._memory, sequence, length, -1))
        return reached == length

    def save(self, sequence: int) -> bytearray:
        """What a sequence holds, as bytes for `restore`; empty when there is no saving it."""
        size = int(lib.llama_state_seq_get_size(self._context, sequence))
        data = bytearray(size)
        if size:
            buffer = (ctypes.c_uint8 * size).from_buffer(data)
            written = lib.llama_state_seq_get_data(self._context, buffer, size, sequence)
            del buffer  # it would keep the array from being cut
            del data[int(written) :]
        return data

    def restore(self, sequence: int, data: bytearray) -> bool:
        """Let a sequence hold what was saved, in fresh cells; False when it holds nothing now."""
        buffer = (ctypes.c_uint8 * len(data)).from_buffer(data)
        read = lib.llama_state_seq_set_data(self._context, buffer, len(data), sequence)
        if read != len(data):
            self.forget(sequence)
        return bool(read == len(data))

    def abort(self, wanted: bool) -> None:
        """Ask the running decode to stop, from any thread; or take that back."""
        self._flag[0] = b"\1" if wanted else b"\0"

    def use_threads(self, count: int) -> None:
        """Compute with that many threads from the next decode on."""
        lib.llama_set_n_threads(self._context, count, count)

    def close(self) -> None:
        """Free the context."""
        if self._context is not None:
            lib.llama_free(self._context)
            self._context = None

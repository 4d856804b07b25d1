"""llama.cpp through its low-level functions: the back end that runs GGUF models.

One context holds every sequence in one unified cache. Guards what the library does not check
itself: rows per batch, wanted outputs, ranges of sequences.
"""

import ctypes
import os
import platform
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import llama_cpp
import llama_cpp.llama_cpp as lib

from stage.engine.backends import llama_opening as opening
from stage.engine.backends.llama_chains import Candidates, LlamaChain
from stage.engine.backends.llama_desk import LlamaDesk
from stage.engine.backends.llama_measuring import measure
from stage.engine.orders import LoadSettings
from stage.engine.shelf.memory import available
from stage.engine.worker.runner import DESK_ROWS, Chain, Desk, Facts
from stage.play.sampling import Sampler

_SPECIALS = ("bos", "eos", "eot", "pad", "sep", "nl")


class LlamaRunner(LlamaDesk):
    """One model and one context."""

    def __init__(self, path: Path, settings: LoadSettings, threads: int, model: Any) -> None:
        """Make the context, probe the memory and read what the prompts need."""
        self._model: Any = model
        super().__init__(
            model, opening.open_context(model, settings, threads), branch_anywhere=True
        )
        self._vocab = lib.llama_model_get_vocab(model)
        self._candidates = Candidates(self._n_vocab)
        self._suppressed = self._read_suppressed()
        self.pieces = [self._render(token, False) for token in range(self._n_vocab)]
        self.controls = self._read_controls()
        self._ends: list[bool] = [
            lib.llama_vocab_is_eog(self._vocab, t) for t in range(self._n_vocab)
        ]
        self.facts = self._read_facts(settings)

    def _read_controls(self) -> list[str]:
        silent = (token for token, piece in enumerate(self.pieces) if not piece)
        texts = (self.written(token).decode("utf-8", "replace") for token in silent)
        return [text for text in texts if text.strip()]

    def _read_suppressed(self) -> list[int]:
        count = ctypes.c_int32(0)
        tokens = lib.llama_vocab_get_suppress_tokens(self._vocab, ctypes.byref(count))
        return [tokens[i] for i in range(count.value)] if bool(tokens) else []

    def _probe(self) -> tuple[bool, bool, int]:
        """Ask the memory itself what it can do; flags of the architecture may lie.

        Returns:
            Whether a sequence can be cut back, whether it can be shared in part, and the bytes
            that one of two tokens takes when it is saved.
        """
        memory = self._memory
        ok = self.decode([(0, 0, 0, False), (0, 1, 0, True)]) == 0
        size = len(self.save(0))
        lib.llama_memory_seq_cp(memory, 0, 1, 0, 1)
        part = lib.llama_memory_seq_pos_max(memory, 1) == 0
        rewinds = bool(lib.llama_memory_seq_rm(memory, 0, 1, -1))
        rewinds = rewinds and lib.llama_memory_seq_pos_max(memory, 0) == 0
        lib.llama_memory_clear(memory, True)
        return ok and rewinds, ok and part, size

    def _read_memory(self) -> dict[str, Any]:
        rewinds, part, size = self._probe()
        model = self._model
        stateful = opening.is_stateful(model)
        anywhere = self._anywhere = rewinds and part and not stateful
        cells = lib.llama_n_ctx(self._context)
        whole = size * opening.STATES if stateful else size // 2 * cells  # as much as the cache
        return {
            "branch_anywhere": anywhere,
            "rewind": rewinds,
            "window": max(lib.llama_model_n_swa(model), 0),
            "spare": min(whole, opening.SPARE, (available() or opening.SPARE) // 8),
        }

    def _read_facts(self, settings: LoadSettings) -> Facts:
        context = self._context
        cells = lib.llama_n_ctx(context)
        trained = lib.llama_model_n_ctx_train(self._model) or cells
        sequences = lib.llama_n_seq_max(context)
        adds = lib.llama_vocab_get_add_bos(self._vocab)
        bos = lib.llama_vocab_bos(self._vocab)
        memory = self._read_memory()
        template = lib.llama_model_chat_template(self._model, None)
        return Facts(
            n_vocab=self._n_vocab,
            cells=cells,
            positions=min(settings.context or trained, trained, cells),
            batch=self._n_batch,
            sequences=sequences,
            takes=opening.takes_of(self._model, settings),
            cancel_in_decode=memory["branch_anywhere"] and not settings.gpu_layers,
            bos=bos if adds and bos >= 0 else None,
            template=template.decode("utf-8", "replace") if template else "",
            names=self._read_names(),
            shape={"n_batch": self._n_batch, "n_ubatch": lib.llama_n_ubatch(context),
                   "kv_unified": True, "kv": settings.kv, "flash_attention": "auto",
                   "swa_full": True},
            engine=self._fingerprint(settings),
            **memory,
        )  # fmt: skip

    def _read_names(self) -> dict[str, str]:
        names = {}
        for name in _SPECIALS:
            token = getattr(lib, f"llama_vocab_{name}")(self._vocab)
            if token >= 0:
                names[f"{name}_token"] = self.written(token).decode("utf-8", "replace")
        return names

    def _fingerprint(self, settings: LoadSettings) -> dict[str, Any]:
        return {
            "backend": "llama",
            "llama_cpp_python": llama_cpp.__version__,
            "llama_cpp": lib.llama_version().decode("ascii", "replace"),
            "build": lib.llama_print_system_info().decode("utf-8", "replace").strip(" |"),
            "cpu": _processor(),
            "machine": platform.machine(),
            "gpu_layers": settings.gpu_layers,
            "suppressed_tokens": len(self._suppressed),
        }

    # -------------------------------------------------------------- text

    def tokenise(self, text: str, *, special: bool) -> list[int]:
        """Ids of a text, no BOS added; `special` reads control tokens written out in it."""
        data = text.encode("utf-8", "replace")
        room = len(data) + 8
        while True:
            ids = (ctypes.c_int32 * room)()
            count = lib.llama_tokenize(self._vocab, data, len(data), ids, room, False, special)
            if count >= 0:
                return ids[:count]
            room = -count

    def written(self, token: int) -> bytes:
        """A token as it is shown in an exact prompt, control tokens written out."""
        return self._render(token, True)

    def _render(self, token: int, special: bool) -> bytes:
        room = 64
        while True:
            buffer = ctypes.create_string_buffer(room)
            size = lib.llama_token_to_piece(self._vocab, token, buffer, room, 0, special)
            if size >= 0:
                return buffer.raw[:size]
            room = -size

    def ends(self, token: int) -> bool:
        """Whether a token ends the generation."""
        return self._ends[token]

    def chain(self, sampler: Sampler, seed: int, history: Sequence[int]) -> Chain:
        """Build a sampler chain. Raises BadInput. `history` is the prompt, for penalties."""
        return LlamaChain(sampler, seed, history, self._candidates, self._suppressed, self._vocab)

    def desk(self, cells: int, sequences: int) -> Desk:
        """Open another context on the same weights. Raises KnownError when memory is short."""
        context = opening.open_desk(self._model, cells, sequences)
        return LlamaDesk(self._model, context, branch_anywhere=self._anywhere, outputs=DESK_ROWS)

    def strict(self, cells: int, kv: str) -> Desk:
        """Open a context of one sequence. Raises KnownError when memory is short."""
        context = opening.open_strict(self._model, cells, kv)
        return LlamaDesk(self._model, context, branch_anywhere=self._anywhere, outputs=1)

    def close(self) -> None:
        """Free context and model, in this order."""
        super().close()
        if self._model is not None:
            lib.llama_model_free(self._model)
            self._model = None


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or os.name


class LlamaBackend:
    """Opens GGUF files."""

    def open(
        self,
        path: Path,
        settings: LoadSettings,
        threads: int,
        progress: Callable[[float], bool],
    ) -> LlamaRunner:
        """Load a model; see stage.engine.worker.runner.Backend."""
        opening.start()
        model = opening.open_model(path, settings, progress)
        opening.refuse_unfit(model, path)
        return LlamaRunner(path, settings, threads, model)

    def measure(self, path: Path, wanted: list[LoadSettings]) -> list[dict[str, Any] | None]:
        """Tell what a model would take; see stage.engine.worker.runner.Backend."""
        opening.start()
        return measure(path, wanted)


ENTRY = LlamaBackend()

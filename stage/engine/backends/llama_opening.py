"""Opening llama.cpp: the library's version, its log, a model and a context.

Callbacks handed to C stay referenced for the life of the process.
"""

import collections
import contextlib
import ctypes
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import llama_cpp.llama_cpp as lib

from stage.engine.orders import LoadSettings
from stage.engine.worker.runner import CHUNK, DESK_ROWS, GivenUp
from stage.kit.errors import BadInput, KnownError

VERSION = b"0.5.0-dev"  # of llama.cpp, as llama-cpp-python 0.3.36 brings it
CELLS = 8192  # tokens in the cache unless the settings say otherwise
TAKES = 64  # live takes at most
TRUNKS = 24  # sequence ids beside them, for prompts and what is kept
RECURRENT_TAKES, RECURRENT_TRUNKS = 8, 8  # each sequence id costs a whole state there
SPARE = 512 * 1024 * 1024  # bytes of memory for branches that left the cache, at most
STATES = 64  # as many states of a recurrent model fit there, at most
CACHE_TYPES = {"f16": lib.GGML_TYPE_F16, "q8_0": lib.GGML_TYPE_Q8_0, "q4_0": lib.GGML_TYPE_Q4_0}
_KEEP: list[Any] = []  # what C still points to
_listeners: list[list[str]] = []
ring: collections.deque[str] = collections.deque(maxlen=200)


def start() -> None:
    """Check the library and turn on log and abort text. Raises KnownError for another version."""
    if _KEEP:
        return
    _check_version()
    log = lib.llama_log_callback(_log)
    _KEEP.append(log)
    lib.llama_log_set(log, None)
    _catch_aborts()
    lib.llama_backend_init()


def _check_version() -> None:
    context = lib.llama_context_default_params()
    seen = (lib.llama_version(), context.n_ctx, context.n_ubatch, bool(context.swa_full))
    if seen != (VERSION, 512, 512, True):
        raise KnownError(
            f"The llama.cpp library is version {seen[0].decode('ascii', 'replace')} but Stage "
            f"needs {VERSION.decode()} (llama-cpp-python 0.3.36); run `make rebuild-llama`."
        )


def _log(level: int, text: bytes, _: Any) -> None:
    """Keep a line of llama.cpp's log and pass warnings on; it holds no prompt text."""
    line = text.decode("utf-8", "replace").rstrip()
    if not line:
        return
    ring.append(line)
    if _listeners:
        _listeners[-1].append(line)
    if level in (3, 4):
        print(line, file=sys.stderr, flush=True)  # noqa: T201 -- the parent keeps these lines


@contextlib.contextmanager
def listening() -> Iterator[list[str]]:
    """Collect every line that llama.cpp logs meanwhile."""
    lines: list[str] = []
    _listeners.append(lines)
    try:
        yield lines
    finally:
        _listeners.remove(lines)


def _catch_aborts() -> None:
    """Write the text of a failed assertion to stderr before the process dies of it.

    The name with `.0` is the copy that llama.cpp itself uses; the plain name is another.
    """
    folder = Path(lib.__file__).parent / "lib"
    path = folder / "libggml-base.so.0"
    if not path.exists():
        return
    kind = ctypes.CFUNCTYPE(None, ctypes.c_char_p)

    def write(text: bytes | None) -> None:
        os.write(2, b"abort: " + (text or b"") + b"\n")

    callback = kind(write)
    base = ctypes.CDLL(str(path))
    base.ggml_set_abort_callback.restype = ctypes.c_void_p
    base.ggml_set_abort_callback.argtypes = [kind]
    base.ggml_set_abort_callback(callback)
    _KEEP.extend([callback, base])


def open_model(path: Path, settings: LoadSettings, progress: Callable[[float], bool]) -> Any:
    """Load the weights. Raises BadInput when llama.cpp cannot, GivenUp when told to stop."""
    if settings.gpu_layers and not lib.llama_supports_gpu_offload():
        raise BadInput(
            f"{settings.gpu_layers} layers of {path.name} are to lie on a GPU, but this build of "
            "llama.cpp computes on the processor only; set gpu_layers=0, or build it for your GPU."
        )
    given_up: list[bool] = []

    def report(done: float, _: Any) -> bool:
        wanted = progress(done)
        if not wanted:
            given_up.append(True)
        return wanted

    params = lib.llama_model_default_params()
    callback = lib.llama_progress_callback(report)
    params.progress_callback = callback
    params.n_gpu_layers = settings.gpu_layers
    params.load_mode = lib.LLAMA_LOAD_MODE_AUTO if settings.map_file else lib.LLAMA_LOAD_MODE_NONE
    model = lib.llama_model_load_from_file(os.fsencode(path), params)
    if given_up:
        if bool(model):
            lib.llama_model_free(model)
        raise GivenUp
    if not bool(model):
        raise BadInput(f"llama.cpp cannot read {path.name}: {reason()}; try another file.")
    return model


def reason() -> str:
    """What the library logged as the cause of a failure."""
    told = [line for line in ring if "error" in line.lower() or "fail" in line.lower()]
    return told[0].split(": ", 1)[-1].rstrip(".")[:300] if told else "it gives no reason"


def refuse_unfit(model: Any, path: Path) -> None:
    """Raise BadInput for a model that cannot continue text."""
    if lib.llama_model_is_diffusion(model):
        raise BadInput(f"{path.name} is a diffusion model, which Stage cannot play; use another.")
    if lib.llama_model_has_encoder(model) or not lib.llama_model_has_decoder(model):
        raise BadInput(f"{path.name} is an encoder, not a text generator; use another model.")
    if vocabulary(model) == 0:
        raise BadInput(f"{path.name} has no vocabulary, so it cannot speak; use another model.")


def vocabulary(model: Any) -> int:
    """How many tokens there are."""
    return int(lib.llama_vocab_n_tokens(lib.llama_model_get_vocab(model)))


def is_stateful(model: Any) -> bool:
    """Whether a sequence has a state that cannot be shared in part."""
    return bool(lib.llama_model_is_recurrent(model) or lib.llama_model_is_hybrid(model))


def takes_of(model: Any, settings: LoadSettings) -> int:
    """How many takes may run at the same time."""
    most = RECURRENT_TAKES if is_stateful(model) else TAKES
    return min(settings.takes or most, most)


def open_context(model: Any, settings: LoadSettings, threads: int) -> Any:
    """Make a context for many sequences in one cache. Raises KnownError when memory is short."""
    sequences = takes_of(model, settings) + (RECURRENT_TRUNKS if is_stateful(model) else TRUNKS)
    params = _params(settings, settings.cells or CELLS)
    params.n_batch, params.n_ubatch = 2048, 512
    params.n_seq_max = min(sequences, lib.llama_max_parallel_sequences())
    params.n_outputs_max = max(params.n_seq_max, 32)
    params.n_threads = params.n_threads_batch = threads
    return _made(model, params)


def open_desk(model: Any, cells: int, sequences: int) -> Any:
    """Make a second context whose numbers do not depend on how a text is cut into batches.

    Without flash attention, whose rounding changes with the rows of a batch (measured: up to
    0.08 nats), and so with keys and values as they are; in smaller batches, for without it
    scratch memory grows with batch times cells.
    """
    params = _params(LoadSettings(), cells)
    params.n_batch = params.n_ubatch = DESK_ROWS
    params.n_seq_max = min(sequences, lib.llama_max_parallel_sequences())
    params.n_outputs_max = DESK_ROWS
    params.flash_attn_type = lib.LLAMA_FLASH_ATTN_TYPE_DISABLED
    return _made(model, params)


def open_strict(model: Any, cells: int, kv: str) -> Any:
    """Make a context of one sequence that is the same each time it is made."""
    params = _params(LoadSettings(kv=kv), cells)
    params.n_batch = params.n_ubatch = CHUNK
    params.n_seq_max = 1
    return _made(model, params)


def _params(settings: LoadSettings, cells: int) -> Any:
    params = lib.llama_context_default_params()
    params.n_ctx = cells
    params.flash_attn_type = lib.LLAMA_FLASH_ATTN_TYPE_AUTO
    params.type_k = params.type_v = CACHE_TYPES[settings.kv]
    params.swa_full = True
    params.kv_unified = True
    return params


def _made(model: Any, params: Any) -> Any:
    context = lib.llama_init_from_model(model, params)
    if not bool(context) or not bool(lib.llama_get_memory(context)):
        raise KnownError(
            f"There is no room for a context of {params.n_ctx} tokens: {reason()}; choose a "
            "smaller context or close other programs."
            if params.type_k == lib.GGML_TYPE_F16
            else "This model cannot have a coarser cache; set kv=f16, see stage models --set."
        )
    return context

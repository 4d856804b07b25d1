"""What the engine's loop needs of a model back end: a thin layer over tokens, cells and rows.

Knows nothing of processes. The loop calls `decode` and everything about sequences from one
thread; `tokenise` and `written` may be called from another.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from stage.engine.orders import LoadSettings
from stage.play.sampling import Sampler

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from stage.engine.worker.logprobs import Shares

    Rows = NDArray[np.float32]

CHUNK = 512  # rows of one decode: as many as llama.cpp computes at once
DESK_ROWS = 128  # rows of one decode at a desk, all of which may be wanted
Row = tuple[int, int, int, bool]  # token, position, sequence, whether its logits are wanted


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an open model.

    Attributes:
        cells: tokens that the cache holds for all sequences together.
        positions: tokens that one sequence may reach.
        batch: most rows of one decode.
        sequences: sequence ids there are, from 0.
        takes: how many of them may be live takes.
        branch_anywhere: whether a sequence can be shared up to any position; otherwise only
            as a whole.
        rewind: whether a sequence can be cut back, as a probe at load found it.
        window: tokens that layers with sliding attention see; 0 without such layers.
        spare: bytes of memory that branches which left the cache may take.
        bos: put before a prompt, None when the vocabulary asks for none.
        template: the chat template in the file, "" when there is none.
        names: text of the special tokens a template may ask for (bos_token, eos_token, ...).
        shape: what else of the context belongs to the shape of a batch.
        engine: fingerprint of back end, build and processor.
    """

    n_vocab: int
    cells: int
    positions: int
    batch: int
    sequences: int
    takes: int
    branch_anywhere: bool
    rewind: bool
    window: int
    spare: int
    cancel_in_decode: bool
    bos: int | None
    template: str
    names: dict[str, str]
    shape: dict[str, Any]
    engine: dict[str, Any]


class GivenUp(Exception):
    """Loading was given up on demand."""


class Chain(Protocol):
    """One take's samplers, with their state."""

    def pick(self, row: "Rows", shares: "Shares | None" = None) -> int:
        """Choose a token from logits of shape (n_vocab,) and remember that it was chosen.

        `shares` spare the work of reading the row again, where that was done.
        """

    def close(self) -> None:
        """Free what the chain holds; it is not used again."""


class Desk(Protocol):
    """A context of an open model: sequences of cells, and batches evaluated there."""

    def decode(self, rows: Sequence[Row]) -> int:
        """Evaluate rows. 0 done, 1 no room and nothing changed, 2 aborted, below 0 failed."""

    def logits(self, count: int) -> "Rows":
        """The wanted rows of the last decode, in order: a view, good until the next decode."""

    def share(self, source: int, target: int, length: int, start: int = 0) -> None:
        """Let `target` hold the positions from `start` to `length` of `source` too."""

    def forget(self, sequence: int) -> None:
        """Drop a sequence; cells that nobody else shares become free."""

    def rewind(self, sequence: int, length: int) -> bool:
        """Make sure that a sequence holds exactly `length` positions; False if it cannot."""

    def save(self, sequence: int) -> bytearray:
        """What a sequence holds, as bytes for `restore`; empty when it cannot be saved."""

    def restore(self, sequence: int, data: bytearray) -> bool:
        """Let a free sequence hold what was saved; False, and nothing held, when it cannot."""

    def abort(self, wanted: bool) -> None:
        """Ask the running decode to stop, from any thread; or take that back."""

    def use_threads(self, count: int) -> None:
        """Compute with that many threads from the next decode on."""

    def close(self) -> None:
        """Free it."""


class Runner(Desk, Protocol):
    """An open model and its main context; closing it frees both."""

    facts: Facts
    pieces: list[bytes]
    """What each token adds to a text, by id; nothing for a control token."""
    controls: list[str]
    """The control tokens written out, as a template writes them."""

    def tokenise(self, text: str, *, special: bool) -> list[int]:
        """Ids of a text, no BOS added; `special` reads control tokens written out in it."""

    def written(self, token: int) -> bytes:
        """A token as it is shown in an exact prompt, control tokens written out."""

    def ends(self, token: int) -> bool:
        """Whether a token ends the generation."""

    def chain(self, sampler: Sampler, seed: int, history: Sequence[int]) -> Chain:
        """Build a sampler chain. Raises BadInput. `history` is the prompt, for penalties."""

    def desk(self, cells: int, sequences: int) -> Desk:
        """Open another context on the same weights, for exact work beside the takes.

        Its numbers do not depend on how a text is cut into batches of two or more rows, of at
        most DESK_ROWS. Raises KnownError when there is no memory for it.
        """

    def strict(self, cells: int, kv: str) -> Desk:
        """Open a context of one sequence, the same each time: batches of at most CHUNK rows.

        `kv` is the type of its cache, see orders.LoadSettings.

        Raises KnownError when there is no memory for it.
        """


class Backend(Protocol):
    """A way to run models."""

    def open(
        self,
        path: Path,
        settings: LoadSettings,
        threads: int,
        progress: Callable[[float], bool],
    ) -> Runner:
        """Load a model; `progress` gets 0 to 1 and returns False to give up.

        Raises BadInput for a file that cannot be used, KnownError for the rest, GivenUp when
        `progress` said so.
        """

    def measure(self, path: Path, wanted: list[LoadSettings]) -> list[dict[str, Any] | None]:
        """Tell what a model would take, as fields of memory.Estimate, for each of some settings.

        None stands for settings that cannot be, save the first.
        In a process that is used for nothing else. Raises BadInput and KnownError as `open`.
        """

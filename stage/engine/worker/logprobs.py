"""Raw log-probabilities and the likeliest tokens of a batch of logits rows.

Temperature 1, whole vocabulary, before any sampler. Everything is vectorised over the rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np  # noqa: TID253 -- imported by the worker only, which computes with it

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int32]
    Shares = tuple[Floats, NDArray[np.float64]]  # weights of a row, and their block_ends

LEAST = -10_000.0  # stands for minus infinity, which JSON does not have
LARGE = 6_000  # from this vocabulary on, a pass of maxima beats a partition (measured)
SLAB = 16  # rows measured at once
BLOCK = 256  # weights that are summed first where a token is drawn


def block_ends(weights: "Floats") -> "NDArray[np.float64]":
    """Running sums (rows, blocks) over the weights (rows, n_vocab), a BLOCK at a time."""
    rows, vocabulary = weights.shape
    whole = vocabulary // BLOCK * BLOCK
    sums = np.empty((rows, whole // BLOCK + 1), np.float32)
    weights[:, :whole].reshape(rows, -1, BLOCK).sum(axis=2, dtype=np.float32, out=sums[:, :-1])
    weights[:, whole:].sum(axis=1, dtype=np.float32, out=sums[:, -1])
    return sums.cumsum(axis=1, dtype=np.float64)


class Readings:
    """The rows of one decode, read once.

    Attributes:
        top_ids: (rows, top) int32, likeliest first; ties in order of id.
        top_logprobs: (rows, top) float32.
    """

    def __init__(self, logits: "Floats", top: int) -> None:
        """Read logits of shape (rows, n_vocab)."""
        self._logits = logits
        highest, ids, values = _top(logits, top)
        shifted = logits - highest
        np.exp(shifted, out=shifted)
        self._weights: Floats | None = shifted
        self._ends: NDArray[np.float64] | None = None
        total = shifted.sum(axis=1, dtype=np.float32, keepdims=True)
        self._norm = highest + np.log(total)
        self.top_ids = ids
        self.top_logprobs: Floats = np.fmax(values - self._norm, LEAST)
        self._norms: list[float] = self._norm[:, 0].tolist()

    def let_go(self) -> None:
        """Forget what is large; nothing but `shares` needs it."""
        self._weights = self._ends = None

    def shares(self, row: int) -> "Shares | None":
        """What a token of a row is drawn by; None once that is let go."""
        if self._weights is None:
            return None
        if self._ends is None:
            self._ends = block_ends(self._weights)
        return self._weights[row], self._ends[row]

    def packed(self) -> list[tuple[bytes, bytes]]:
        """Each row's top ids and logprobs as bytes of little-endian arrays, see protocol.Said."""
        ids, values = self.top_ids.tobytes(), self.top_logprobs.astype("<f2").tobytes()
        width = 2 * self.top_ids.shape[1]
        starts = range(0, len(values), width)
        return [(ids[2 * at : 2 * (at + width)], values[at : at + width]) for at in starts]

    def logprob(self, row: int, token: int) -> float:
        """Log-probability of a token in a row."""
        value = float(self._logits[row, token]) - self._norms[row]
        return value if value > LEAST else LEAST  # also for NaN


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What given tokens are worth: one entry a question, in order.

    Attributes:
        logprobs: float32, natural logs.
        entropies: float32, nats, of the whole row.
        ranks: int32; 1 is the likeliest, ties share the better rank.
        top_ids, top_logprobs: (questions, top), as in Readings.
    """

    logprobs: "Floats"
    entropies: "Floats"
    ranks: "Ints"
    top_ids: "Ints"
    top_logprobs: "Floats"


def measure(logits: "Floats", rows: Sequence[int], tokens: Sequence[int], top: int) -> Measured:
    """Measure tokens[i] in row rows[i] of logits; a row may be asked about more than once.

    A slab of rows at a time, so that what is computed on the way stays in the cache.
    """
    index, wanted = np.asarray(rows, dtype=np.int64), np.asarray(tokens, dtype=np.int64)
    width = min(top, logits.shape[1])
    count = len(index)
    found = Measured(
        np.empty(count, np.float32), np.empty(count, np.float32), np.empty(count, np.int32),
        np.empty((count, width), np.int32), np.empty((count, width), np.float32),
    )  # fmt: skip
    scratch = np.empty((2, min(SLAB, len(logits)), logits.shape[1]), np.float32)
    for start in range(0, len(logits), SLAB):
        asked = np.flatnonzero((index >= start) & (index < start + SLAB))
        if len(asked):
            slab = logits[start : start + SLAB]
            question = _Question(index[asked] - start, wanted[asked], asked)
            _measure(slab, question, top, scratch[:, : len(slab)], found)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """Rows of a slab, the tokens asked about there, and where their numbers go."""

    rows: "NDArray[np.int64]"
    tokens: "NDArray[np.int64]"
    places: "NDArray[np.int64]"


def _measure(
    logits: "Floats", asked: _Question, top: int, scratch: "Floats", found: Measured
) -> None:
    shifted, weights = scratch
    highest, ids, values = _top(logits, top)
    np.subtract(logits, highest, out=shifted)
    np.exp(shifted, out=weights)
    total = weights.sum(axis=1, dtype=np.float32)
    norm = np.log(total)
    inner = _dots(weights, shifted)
    if not np.isfinite(inner).all():  # 0 times minus infinity is no number
        np.fmax(shifted, LEAST, out=shifted)
        inner = _dots(weights, shifted)
    own = shifted[asked.rows, asked.tokens]
    above = [np.count_nonzero(shifted[row] > own[n]) for n, row in enumerate(asked.rows)]
    best = np.fmax(values - highest - norm[:, None], LEAST)
    found.logprobs[asked.places] = np.fmax(own - norm[asked.rows], LEAST)
    found.entropies[asked.places] = (norm - inner / total)[asked.rows]
    found.ranks[asked.places] = np.asarray(above, np.int32) + 1
    found.top_ids[asked.places] = ids[asked.rows]
    found.top_logprobs[asked.places] = best[asked.rows]


def _dots(ones: "Floats", others: "Floats") -> "Floats":
    """Inner products of the rows; not finite where the rows are not."""
    with np.errstate(invalid="ignore"):
        return np.asarray([one @ other for one, other in zip(ones, others, strict=True)])


def _top(logits: "Floats", top: int) -> "tuple[Floats, Ints, Floats]":
    """Return the maximum (rows, 1), the ids and the logits of the `top` highest of each row."""
    vocabulary = logits.shape[1]
    index = np.arange(len(logits))[:, None]
    if vocabulary <= top:
        found = np.broadcast_to(np.arange(vocabulary), logits.shape)
    elif vocabulary < LARGE:
        found = _highest(logits, top)
    else:
        near = _candidates(logits, top)
        found = near[index, _highest(logits[index, near], top)]
    values = logits[index, found]
    order = np.argsort(-values, axis=1, kind="stable")
    best = values[index, order]
    return best[:, :1], found[index, order].astype(np.int32), best


def _highest(values: "Floats", count: int) -> "NDArray[np.int64]":
    """Columns of the `count` highest values of each row, in rising order."""
    width = values.shape[1]
    found = np.argpartition(values, width - count, axis=1)[:, width - count :]
    found.sort(axis=1)
    return found


def _candidates(logits: "Floats", top: int) -> "NDArray[np.int64]":
    """Ids (rows, some) in rising order, the `top` highest of each row among them.

    A row is read as layers. The highest lie in the columns whose maximum over the layers is
    highest: a pass of maxima and two small partitions instead of one of the whole vocabulary.
    """
    rows, vocabulary = logits.shape
    depth = max(2, round((vocabulary / top) ** 0.5))  # as many columns as candidates, about
    width = vocabulary // depth
    maxima = logits[:, : width * depth].reshape(rows, depth, width).max(axis=1)
    columns = _highest(maxima, top)
    layers = np.arange(0, width * depth, width)
    found = (layers[:, None] + columns[:, None, :]).reshape(rows, -1)
    rest = np.arange(width * depth, vocabulary)
    return np.concatenate([found, np.broadcast_to(rest, (rows, len(rest)))], axis=1)

"""Raw log-probabilities and the likeliest tokens of a batch of logits rows.

Temperature 1, whole vocabulary, before any sampler. Everything is vectorised over the rows.
"""

from typing import TYPE_CHECKING

import numpy as np  # noqa: TID253 -- imported by the worker only, which computes with it

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int32]

LEAST = -10_000.0  # stands for minus infinity, which JSON does not have
_LAYERS = (64, 16, 4)  # a row is read as that many layers, whose maximum narrows the search


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
        total = shifted.sum(axis=1, dtype=np.float32, keepdims=True)
        self._norm = highest + np.log(total)
        self.top_ids = ids
        self.top_logprobs: Floats = np.nan_to_num(values - self._norm, nan=LEAST, neginf=LEAST)
        self._norms: list[float] = self._norm[:, 0].tolist()

    def packed(self) -> list[tuple[bytes, bytes]]:
        """Each row's top ids and logprobs as bytes of little-endian arrays."""
        ids, values = self.top_ids.tobytes(), self.top_logprobs.tobytes()
        width = 4 * self.top_ids.shape[1]
        starts = range(0, len(ids), width)
        return [(ids[at : at + width], values[at : at + width]) for at in starts]

    def logprob(self, row: int, token: int) -> float:
        """Log-probability of a token in a row."""
        value = float(self._logits[row, token]) - self._norms[row]
        return value if value > LEAST else LEAST  # also for NaN


def _top(logits: "Floats", top: int) -> "tuple[Floats, Ints, Floats]":
    """Return the maximum (rows, 1), the ids and the logits of the `top` highest of each row.

    The highest of a row lie in the columns whose maximum over the layers is highest, so only
    `top` columns are sorted: a pass of maxima instead of a partition of the vocabulary.
    """
    found = _candidates(logits, top)
    index = np.arange(len(logits))[:, None]
    values = logits[index, found]
    order = np.argsort(-values, axis=1, kind="stable")[:, :top]
    ids = found[index, order]
    best = values[index, order]
    return best[:, :1], np.ascontiguousarray(ids, dtype=np.int32), best


def _candidates(logits: "Floats", top: int) -> "NDArray[np.int64]":
    """Ids (rows, some) in rising order, the `top` highest of each row among them."""
    rows, vocabulary = logits.shape
    layers = next((each for each in _LAYERS if vocabulary // each >= 12 * top), 0)
    if not layers:
        return np.broadcast_to(np.arange(vocabulary), logits.shape)
    width = vocabulary // layers
    highest = logits[:, : width * layers].reshape(rows, layers, width).max(axis=1)
    columns = np.argpartition(highest, width - top, axis=1)[:, width - top :]
    found = (np.arange(layers)[:, None] * width + np.sort(columns, axis=1)[:, None, :]).reshape(
        rows, -1
    )
    rest = np.arange(width * layers, vocabulary)
    return np.concatenate([found, np.broadcast_to(rest, (rows, len(rest)))], axis=1)

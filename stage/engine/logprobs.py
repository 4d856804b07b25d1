"""Raw log-probabilities and the likeliest tokens of a batch of logits rows.

Temperature 1, whole vocabulary, before any sampler. Everything is vectorised over the rows.
"""

from typing import TYPE_CHECKING

import numpy as np  # noqa: TID253 -- imported by the worker only, which computes with it

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int32]

_BLOCKS = 64  # the columns are read as that many layers, whose maximum narrows the search


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
        self.top_logprobs: Floats = values - self._norm
        self._norms: list[float] = self._norm[:, 0].tolist()

    def packed(self) -> list[tuple[bytes, bytes]]:
        """Each row's top ids and logprobs as bytes of little-endian arrays."""
        ids, values = self.top_ids.tobytes(), self.top_logprobs.tobytes()
        width = 4 * self.top_ids.shape[1]
        starts = range(0, len(ids), width)
        return [(ids[at : at + width], values[at : at + width]) for at in starts]

    def logprob(self, row: int, token: int) -> float:
        """Log-probability of a token in a row."""
        return float(self._logits[row, token]) - self._norms[row]


def _top(logits: "Floats", top: int) -> "tuple[Floats, Ints, Floats]":
    """Return the maximum (rows, 1), the ids and the logits of the `top` highest columns.

    The `top` highest of a row lie among the `top` columns whose maximum over the layers is
    highest, so only those are sorted: a pass of maxima instead of a partition.
    """
    rows, vocabulary = logits.shape
    width = vocabulary // _BLOCKS
    if width < 4 * top:
        found = np.broadcast_to(np.arange(vocabulary, dtype=np.int32), logits.shape)
    else:
        head = logits[:, : width * _BLOCKS].reshape(rows, _BLOCKS, width)
        columns = np.argpartition(head.max(axis=1), width - top, axis=1)[:, width - top :]
        layers = np.arange(_BLOCKS, dtype=np.int32) * width
        found = (columns.astype(np.int32)[:, :, None] + layers).reshape(rows, -1)
        rest = np.arange(width * _BLOCKS, vocabulary, dtype=np.int32)
        found = np.concatenate([found, np.broadcast_to(rest, (rows, len(rest)))], axis=1)
        found.sort(axis=1)
    values = np.take_along_axis(logits, found, axis=1)
    order = np.argsort(-values, axis=1, kind="stable")[:, :top]
    ids = np.take_along_axis(found, order, axis=1)
    best = np.take_along_axis(values, order, axis=1)
    return best[:, :1], np.ascontiguousarray(ids, dtype=np.int32), best

"""Gradients of a batch by several single-threaded workers that share one set of weights.

On two shared CPU cores this beats one process with two OpenMP threads: the workers take small
pieces from a common queue, so that a core that is busy elsewhere holds nobody up.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import torch
from torch import Tensor

from network import Network

Measure = Callable[[Tensor, Tensor], Tensor]
Piece = tuple[Tensor, Tensor, float]
"""Tokens, targets, and the piece's share of the batch's loss."""


def even_pieces(tokens: Tensor, targets: Tensor, rows: int) -> list[Piece]:
    """A batch in pieces of so many rows, all with the same share."""
    pairs = list(zip(tokens.split(rows), targets.split(rows), strict=True))
    return [(*pair, 1 / len(pairs)) for pair in pairs]


def replica_of(network: Network) -> Network:
    """A second network on the same weights, with gradients of its own."""
    other = Network(network.shape)
    for own, shared in zip(other.parameters(), network.parameters(), strict=True):
        own.data = shared.data
    return other


class Crew:
    """One worker for each thread; the first uses the network itself.

    `compiled` is for base training, where few shapes of pieces occur; without it the logits are
    made only where a target counts.
    """

    def __init__(self, network: Network, workers: int, compiled: bool) -> None:
        self.networks = [network] + [replica_of(network) for _ in range(workers - 1)]
        self.measures: list[Measure] = [
            torch.compile(member.loss, dynamic=False) if compiled else member.answer_loss
            for member in self.networks
        ]
        self.compiled = compiled
        self.device = next(network.parameters()).device.type
        self.pool = ThreadPoolExecutor(
            workers, initializer=torch.set_flush_denormal, initargs=(True,)
        )
        self.ready: set[tuple[int, ...]] = set()

    def gradients(self, batch: list[Piece]) -> float:
        """Gather the gradients of a batch in the first network; gives the mean loss."""
        if self.compiled:
            self._compile(batch[0])
        pieces = deque(batch)
        jobs = [self.pool.submit(self._work, measure, pieces) for measure in self.measures]
        total = sum(job.result() for job in jobs)
        self._collect()
        return total

    def _compile(self, piece: Piece) -> None:
        """Compile for a shape not seen before, one worker after the other."""
        tokens, targets, _ = piece
        if tuple(tokens.shape) in self.ready:
            return
        self.ready.add(tuple(tokens.shape))
        for measure in self.measures:
            measure(tokens, targets).backward()
        for member in self.networks:
            member.zero_grad(set_to_none=True)

    def _work(self, measure: Measure, pieces: deque[Piece]) -> float:
        total = 0.0
        while pieces:
            try:
                tokens, targets, share = pieces.popleft()
            except IndexError:
                break
            with torch.autocast("cuda", torch.bfloat16, enabled=self.device == "cuda"):
                loss = measure(tokens, targets)
            (loss * share).backward()
            total += float(loss.detach()) * share
        return total

    def _collect(self) -> None:
        first, *others = [list(member.parameters()) for member in self.networks]
        for other in others:
            for own, theirs in zip(first, other, strict=True):
                if theirs.grad is not None:
                    own.grad = theirs.grad if own.grad is None else own.grad.add_(theirs.grad)
                    theirs.grad = None

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


def replica_of(network: Network) -> Network:
    """A second network on the same weights, with gradients of its own."""
    other = Network(network.shape)
    for own, shared in zip(other.parameters(), network.parameters(), strict=True):
        own.data = shared.data
    return other


class Crew:
    """One worker for each thread; the first uses the network itself."""

    def __init__(self, network: Network, workers: int, compiled: bool) -> None:
        self.networks = [network] + [replica_of(network) for _ in range(workers - 1)]
        self.measures: list[Measure] = [
            torch.compile(member.loss, dynamic=False) if compiled else member.loss
            for member in self.networks
        ]
        self.device = next(network.parameters()).device.type
        self.pool = ThreadPoolExecutor(
            workers, initializer=torch.set_flush_denormal, initargs=(True,)
        )
        self.ready: set[tuple[int, ...]] = set()

    def gradients(self, tokens: Tensor, targets: Tensor, rows: int) -> float:
        """Gather the gradients of a batch in the first network; gives the mean loss."""
        pieces = deque(zip(tokens.split(rows), targets.split(rows), strict=True))
        share = 1 / len(pieces)
        if tuple(pieces[0][0].shape) not in self.ready:
            self.ready.add(tuple(pieces[0][0].shape))
            for measure in self.measures:
                measure(*pieces[0]).backward()
            for member in self.networks:
                member.zero_grad(set_to_none=True)
        jobs = [self.pool.submit(self._work, measure, pieces, share) for measure in self.measures]
        total = sum(job.result() for job in jobs)
        self._collect()
        return total

    def _work(self, measure: Measure, pieces: deque, share: float) -> float:
        total = 0.0
        while pieces:
            try:
                piece = pieces.popleft()
            except IndexError:
                break
            with torch.autocast("cuda", torch.bfloat16, enabled=self.device == "cuda"):
                loss = measure(*piece)
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

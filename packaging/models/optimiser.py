"""Muon for the matrices of the layers, Adam for everything else."""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import Executor

import torch
from torch import Tensor

from network import Network

COEFFICIENTS = (
    (4.0848, -6.8946, 2.9270),
    (3.9505, -6.3029, 2.6377),
    (3.7418, -5.5913, 2.3037),
    (2.8769, -3.1427, 1.2046),
    (2.8366, -3.0525, 1.2012),
)


def orthogonalise(update: Tensor) -> Tensor:
    """The nearest semi-orthogonal matrices to a stack of matrices, by Newton-Schulz steps."""
    x = update
    tall = x.shape[-2] > x.shape[-1]
    if tall:
        x = x.mT
    x = x / (x.norm(dim=(-2, -1), keepdim=True) * 1.01 + 1e-7)
    for a, b, c in COEFFICIENTS:
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.mT if tall else x


class Muon:
    """Momentum whose update is orthogonalised; matrices of one shape are handled as a stack."""

    def __init__(self, weights: list[Tensor], rate: float, decay: float = 0.02) -> None:
        self.rate = rate
        self.decay = decay
        self.groups: dict[tuple[int, ...], list[Tensor]] = defaultdict(list)
        for weight in sorted(weights, key=torch.numel, reverse=True):
            self.groups[tuple(weight.shape)].append(weight)
        self.momenta = {
            shape: torch.zeros(len(group), *shape, device=group[0].device)
            for shape, group in self.groups.items()
        }

    def step(self, factor: float, momentum: float, pool: Executor) -> None:
        """Apply one update, the stacks side by side; `factor` scales the learning rate."""
        jobs = [pool.submit(self._update, shape, factor, momentum) for shape in self.groups]
        for job in jobs:
            job.result()

    @torch.no_grad()
    def _update(self, shape: tuple[int, ...], factor: float, momentum: float) -> None:
        group = self.groups[shape]
        gradient = torch.stack([weight.grad for weight in group if weight.grad is not None])
        buffer = self.momenta[shape].lerp_(gradient, 1 - momentum)
        update = orthogonalise(gradient.lerp(buffer, momentum))
        rate = self.rate * factor * max(1.0, shape[0] / shape[1]) ** 0.5
        for weight, change in zip(group, update, strict=True):
            weight.mul_(1 - self.rate * factor * self.decay).add_(change, alpha=-rate)
            weight.grad = None


class Optimiser:
    """Both parts together, with one factor for the learning rate."""

    def __init__(self, network: Network, matrix_rate: float, vector_rate: float) -> None:
        layers = [weight for weight in network.layers.parameters() if weight.ndim == 2]
        chosen = {id(weight) for weight in layers}
        others = [weight for weight in network.parameters() if id(weight) not in chosen]
        head = [weight for weight in others if weight is network.head.weight]
        rest = [weight for weight in others if weight is not network.head.weight]
        self.muon = Muon(layers, matrix_rate)
        groups = [
            {"params": rest, "base": vector_rate},
            {"params": head, "base": vector_rate / 2},
        ]
        self.adam = torch.optim.Adam(groups, lr=vector_rate, betas=(0.9, 0.97), eps=1e-10)
        self.steps = 0

    def step(self, factor: float, pool: Executor) -> None:
        """Update every weight and forget the gradients; the pool's threads share the work."""
        momentum = 0.85 + 0.10 * min(1.0, self.steps / 300)
        self.muon.step(factor, momentum, pool)
        for group in self.adam.param_groups:
            group["lr"] = group["base"] * factor
        self.adam.step()
        self.adam.zero_grad(set_to_none=True)
        self.steps += 1

    def state(self) -> dict:
        """Everything that a resumed run needs."""
        return {"momenta": self.muon.momenta, "adam": self.adam.state_dict(), "steps": self.steps}

    def restore(self, state: dict) -> None:
        """Take over the state of an earlier run."""
        self.muon.momenta = state["momenta"]
        self.adam.load_state_dict(state["adam"])
        self.steps = state["steps"]

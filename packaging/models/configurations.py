"""The two configurations of the recipe: one for an accelerator, one for two CPU cores."""

from __future__ import annotations

from dataclasses import dataclass

from network import Shape


@dataclass(frozen=True)
class Configuration:
    """Shape of the network and the plan of its training."""

    name: str
    shape: Shape
    device: str
    base_minutes: float
    tune_minutes: float
    batches: tuple[tuple[float, int], ...]
    rows: tuple[tuple[float, int], ...]
    piece_tokens: int
    workers: int
    epochs: int
    matrix_rate: float = 0.02
    vector_rate: float = 0.006
    warmup_steps: int = 50
    decay_from: float = 0.35

    def row(self, progress: float) -> int:
        """The row length at a point of the run; rows grow so that 1,024 positions hold."""
        return _at(self.rows, progress)

    def batch_tokens(self, progress: float) -> int:
        """The tokens of a batch at a point of the run; small batches learn faster at first."""
        return _at(self.batches, progress)


def _at(steps: tuple[tuple[float, int], ...], progress: float) -> int:
    return [value for start, value in steps if progress >= start][-1]


CPU = Configuration(
    name="cpu",
    shape=Shape(width=256, depth=5, heads=4, kv_heads=2, hidden=704),
    device="cpu",
    base_minutes=75,
    tune_minutes=15,
    batches=((0.0, 4096),),
    rows=((0.0, 256), (0.6, 512), (0.85, 1024)),
    piece_tokens=512,
    workers=2,
    epochs=2,
)
ACCELERATOR = Configuration(
    name="accelerator",
    shape=Shape(width=384, depth=7, heads=6, kv_heads=2, hidden=1024),
    device="cuda",
    base_minutes=5,
    tune_minutes=2,
    batches=((0.0, 65536),),
    rows=((0.0, 1024),),
    piece_tokens=65536,
    workers=1,
    epochs=8,
)
CONFIGURATIONS = {configuration.name: configuration for configuration in (CPU, ACCELERATOR)}

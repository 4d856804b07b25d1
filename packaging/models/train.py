"""Base training: streams of packed documents, a schedule by elapsed time, resumable."""

from __future__ import annotations

import argparse
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch

from configurations import CONFIGURATIONS, Configuration
from crew import Crew, even_pieces
from network import Network
from optimiser import Optimiser
from stopping import Stopping

CHECKPOINT_SECONDS = 240


@dataclass
class Position:
    """How far a run has come."""

    seconds: float = 0.0
    step: int = 0
    offset: int = 0
    tokens: int = 0


def rate_factor(progress: float, step: int, plan: Configuration) -> float:
    """The learning-rate factor: a short rise, a plateau, a straight fall to nearly nothing."""
    rise = min(1.0, (step + 1) / plan.warmup_steps)
    fall = min(1.0, (1.0 - progress) / (1.0 - plan.decay_from))
    return rise * max(0.0, fall * 0.99 + 0.01)


def load_stream(work: Path, epochs: int) -> np.ndarray:
    """All epochs' tokens, one after the other, held on disk."""
    parts = [np.load(work / f"epoch{number}.npy", mmap_mode="r") for number in range(epochs)]
    return np.concatenate(parts)


def take(stream: np.ndarray, offset: int, rows: int, length: int) -> tuple[torch.Tensor, ...]:
    """The next rows of the stream, and the tokens that follow each position."""
    count = rows * length
    start = offset % (len(stream) - count - 1)
    piece = torch.from_numpy(stream[start : start + count + 1].astype(np.int64))
    return piece[:-1].view(rows, length), piece[1:].view(rows, length)


def save(path: Path, network: Network, optimiser: Optimiser, position: Position) -> None:
    """Write a checkpoint under another name first, then move it into place."""
    state = {
        "shape": asdict(network.shape),
        "weights": network.state_dict(),
        "optimiser": optimiser.state(),
        "position": asdict(position),
    }
    torch.save(state, path.with_suffix(".tmp"))
    path.with_suffix(".tmp").replace(path)


def build(plan: Configuration, path: Path) -> tuple[Network, Optimiser, Position]:
    """A new network, or the one of an earlier checkpoint."""
    torch.manual_seed(1)
    network = Network(plan.shape).to(plan.device)
    optimiser = Optimiser(network, plan.matrix_rate, plan.vector_rate)
    if not path.exists():
        return network, optimiser, Position()
    state = torch.load(path, map_location=plan.device, weights_only=True)
    network.load_state_dict(state["weights"])
    optimiser.restore(state["optimiser"])
    return network, optimiser, Position(**state["position"])


def train(plan: Configuration, work: Path, minutes: float, compiled: bool, steps: int = 0) -> bool:
    """Train until the time is used up, and tell whether it was; `steps` limits a trial run."""
    stopping = Stopping()
    stream = load_stream(work, plan.epochs)
    path = work / "base.pt"
    network, optimiser, position = build(plan, path)
    parameters = sum(weight.numel() for weight in network.parameters())
    print(f"{plan.name}: {parameters:,} parameters, {len(stream):,} tokens ready", flush=True)
    crew = Crew(network, plan.workers, compiled)
    budget, last, saved, recent = minutes * 60, time.monotonic(), position.seconds, []
    while position.seconds < budget and not (steps and position.step >= steps):
        progress = position.seconds / budget
        length = plan.row(progress)
        rows = plan.batch_tokens(progress) // length
        tokens, targets = take(stream, position.offset, rows, length)
        piece = max(1, plan.piece_tokens // length)
        pieces = even_pieces(tokens.to(plan.device), targets.to(plan.device), piece)
        loss = crew.gradients(pieces)
        optimiser.step(rate_factor(progress, position.step, plan), crew.pool)
        recent.append(loss)
        position.step += 1
        position.offset += rows * length
        position.tokens += rows * length
        now = time.monotonic()
        position.seconds, last = position.seconds + now - last, now
        if position.step % 20 == 0 or position.step < 6:
            report(position, recent)
            recent = []
        if stopping.asked:
            break
        if position.seconds - saved > CHECKPOINT_SECONDS:
            save(path, network, optimiser, position)
            saved = position.seconds
    save(path, network, optimiser, position)
    return not stopping.asked


def report(position: Position, recent: list[float]) -> None:
    """Print one line of progress."""
    speed = position.tokens / max(position.seconds, 1e-9)
    mean = sum(recent) / max(len(recent), 1)
    print(
        f"step {position.step} time {position.seconds:.0f}s loss {mean:.4f} "
        f"tokens {position.tokens:,} ({speed:.0f}/s)",
        flush=True,
    )


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--configuration", choices=sorted(CONFIGURATIONS), default="cpu")
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--workers", type=int, help="threads; by default the configuration's")
    parser.add_argument("--plain", action="store_true", help="without torch.compile")
    arguments = parser.parse_args()
    if CONFIGURATIONS[arguments.configuration].device == "cpu":
        torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    plan = CONFIGURATIONS[arguments.configuration]
    if arguments.workers:
        plan = replace(plan, workers=arguments.workers)
    minutes = arguments.minutes or plan.base_minutes
    done = train(plan, arguments.work, minutes, not arguments.plain, arguments.steps)
    raise SystemExit(0 if done else 130)


if __name__ == "__main__":
    main()

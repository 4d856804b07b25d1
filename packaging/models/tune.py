"""Tuning the base weights into the chat model; only the assistant's turns count.

The base model does not copy from its prompt at all, and would hardly learn it from long
conversations. So the run begins with nothing but drills, which can only be answered by copying a
name, until they succeed; from then on they are a small part of the mixture.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from configurations import CONFIGURATIONS, Configuration
from conversations import Message
from crew import Crew, Piece
from export import load_network
from mixture import Mixture
from network import Network
from optimiser import Optimiser
from stopping import Stopping
from tokenizer import BOS, PAD, TURN_END, TURN_START, load_tokenizer

LONGEST_ANSWER_TOKENS = 80
DRILLED_LOSS = 0.5
MOST_DRILLING = 0.4
CHECKPOINT_SECONDS = 240
MATRIX_RATE = 0.015
VECTOR_RATE = 0.004
PIECE_TOKENS = 2048
Sample = tuple[list[int], list[int]]


def encode_messages(tokenizer: Tokenizer, messages: list[Message]) -> Sample | None:
    """ChatML tokens, and the same with -1 where a token does not count."""
    tokens, wanted = [BOS], [-1]
    line_end = tokenizer.encode("\n").ids
    answers = 0
    for message in messages:
        opening = [TURN_START, *tokenizer.encode(message["role"] + "\n").ids]
        content = [*tokenizer.encode(message["content"]).ids, TURN_END]
        counts = message["role"] == "assistant"
        if counts and len(content) > LONGEST_ANSWER_TOKENS:
            break
        answers += counts
        tokens += opening + content + line_end
        wanted += [-1] * len(opening) + (content if counts else [-1] * len(content))
        wanted += [-1] * len(line_end)
    return (tokens, wanted) if answers else None


def shortened(sample: Sample, longest: int) -> Sample | None:
    """Inputs and targets up to the last answer within the context; None where none is left."""
    tokens, targets = sample[0][:longest], sample[1][1 : longest + 1]
    last = max((place for place, target in enumerate(targets) if target >= 0), default=-1)
    return (tokens[: last + 1], targets[: last + 1]) if last >= 0 else None


def batch(source: Iterator[Sample], size: int, longest: int) -> tuple[list[Piece], int]:
    """Samples of about `size` tokens, one in a row, in pieces of rows about equally long.

    No row holds two samples, since a card that belongs to another scene is not to be copied from.
    """
    samples: list[Sample] = []
    held = 0
    while held < size:
        sample = shortened(next(source), longest)
        if sample:
            samples.append(sample)
            held += len(sample[0])
    samples.sort(key=lambda item: len(item[0]))
    groups: list[list[Sample]] = [[]]
    for sample in samples:
        if len(sample[0]) * (len(groups[-1]) + 1) > PIECE_TOKENS and groups[-1]:
            groups.append([])
        groups[-1].append(sample)
    total = sum(target >= 0 for _, targets in samples for target in targets)
    return [piece_of(group, total) for group in groups], held


def piece_of(group: list[Sample], total: int) -> Piece:
    """Samples as one padded piece, and its share of all the targets that count."""
    width = max(len(tokens) for tokens, _ in group)
    tokens = [row + [PAD] * (width - len(row)) for row, _ in group]
    targets = [row + [-1] * (width - len(row)) for _, row in group]
    counted = sum(target >= 0 for row in targets for target in row)
    return torch.tensor(tokens), torch.tensor(targets), counted / total


@torch.no_grad()
def begin_turn_tokens(network: Network, tokenizer: Tokenizer) -> None:
    """Let the ChatML tokens start out as the line end, which ends a turn in a script."""
    (line_end,) = tokenizer.encode("\n").ids
    for token in (TURN_START, TURN_END):
        network.embedding.weight[token] = network.embedding.weight[line_end]
    network.head.weight[TURN_END] = network.head.weight[line_end]


class Run:
    """A tuning run: begun from the base weights, or taken up where an earlier one stopped."""

    def __init__(self, plan: Configuration, work: Path) -> None:
        torch.manual_seed(2)
        self.plan = plan
        self.path, self.part = work / "chat.pt", work / "chat-part.pt"
        self.tokenizer = load_tokenizer(work)
        known: dict[str, Any] = {}
        if self.part.exists():
            known = torch.load(self.part, map_location=plan.device, weights_only=True)
        self.network = load_network(self.part if known else work / "base.pt")
        self.network = self.network.to(plan.device).train()
        if not known:
            begin_turn_tokens(self.network, self.tokenizer)
        self.optimiser = Optimiser(self.network, MATRIX_RATE, VECTOR_RATE)
        if known:
            self.optimiser.restore(known["optimiser"])
        begun = {"seconds": 0.0, "step": 0, "tokens": 0, "drilled": False}
        self.position: dict[str, Any] = known.get("position", begun)

    def save(self, path: Path, whole: bool) -> None:
        """Write a checkpoint under another name first, then move it into place."""
        state: dict[str, Any] = {
            "shape": asdict(self.network.shape),
            "weights": self.network.state_dict(),
            "position": self.position,
        }
        if whole:
            state["optimiser"] = self.optimiser.state()
        torch.save(state, path.with_suffix(".tmp"))
        path.with_suffix(".tmp").replace(path)

    def train(self, minutes: float) -> bool:
        """Tune until the time is used up, with a falling learning rate; tells whether it was."""
        stopping = Stopping()
        crew = Crew(self.network, self.plan.workers, compiled=False)
        position, budget = self.position, minutes * 60
        seed = 7 + position["step"]
        mixture = Mixture(random.Random(seed))
        encoded = self.encoded(mixture)
        last, saved, recent = time.monotonic(), position["seconds"], []
        while (progress := position["seconds"] / budget) < 1.0:
            mixture.drilling = not position["drilled"] and progress < MOST_DRILLING
            size = self.plan.batches[-1][1]
            pieces, tokens = batch(encoded, size, self.plan.shape.context)
            device = self.plan.device
            moved = [(row.to(device), wanted.to(device), share) for row, wanted, share in pieces]
            recent.append(crew.gradients(moved))
            rise = min(1.0, (position["step"] + 1) / 20)
            self.optimiser.step(rise * (1 - progress) + 0.01, crew.pool)
            now = time.monotonic()
            position["seconds"], last = position["seconds"] + now - last, now
            position["step"] += 1
            position["tokens"] += tokens
            if len(recent) == 20:
                self.report(progress, sum(recent) / 20, mixture.drilling)
                recent = []
            if stopping.asked or position["seconds"] - saved > CHECKPOINT_SECONDS:
                self.save(self.part, whole=True)
                saved = position["seconds"]
            if stopping.asked:
                return False
        self.save(self.path, whole=False)
        self.part.unlink(missing_ok=True)
        return True

    def report(self, progress: float, loss: float, drilling: bool) -> None:
        """Print a line of progress; drills that succeed are over."""
        position, kind = self.position, "drills" if drilling else "tune"
        print(
            f"{kind} step {position['step']} at {progress:.0%} loss {loss:.4f} "
            f"tokens {position['tokens']:,}",
            flush=True,
        )
        position["drilled"] = position["drilled"] or (drilling and loss < DRILLED_LOSS)

    def encoded(self, mixture: Mixture) -> Iterator[Sample]:
        """The mixture's conversations as tokens; each is booked with its length."""
        while True:
            name, messages = next(mixture)
            sample = encode_messages(self.tokenizer, messages)
            if sample:
                mixture.book(name, min(len(sample[0]), self.plan.shape.context))
                yield sample


def main() -> None:
    """Read the command line and tune."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--configuration", choices=sorted(CONFIGURATIONS), default="cpu")
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--workers", type=int, help="threads; by default the configuration's")
    arguments = parser.parse_args()
    plan = CONFIGURATIONS[arguments.configuration]
    if arguments.workers:
        plan = replace(plan, workers=arguments.workers)
    if plan.device == "cpu":
        torch.set_num_threads(1)
        torch.set_flush_denormal(True)
    done = Run(plan, arguments.work).train(arguments.minutes or plan.tune_minutes)
    raise SystemExit(0 if done else 130)


if __name__ == "__main__":
    main()

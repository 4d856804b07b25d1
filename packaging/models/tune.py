"""Tuning the base weights into the chat model; only the assistant's turns count."""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import torch
from tokenizers import Tokenizer

import corpus
from configurations import CONFIGURATIONS, Configuration
from conversations import Message, as_sent, on_stage, recast
from crew import Crew
from dialogues import dialogues
from documents import facts_of
from export import load_network
from network import Network
from optimiser import Optimiser
from tokenizer import BOS, TURN_END, TURN_START, load_tokenizer

LONGEST_ANSWER_TOKENS = 80
SHARES = {"chat": 0.55, "recast": 0.27, "own": 0.18}
SENT_SHARE = 0.6  # the rest keeps a nudge in every user turn, which teaches it more often
MATRIX_RATE = 0.008
VECTOR_RATE = 0.003
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


def recast_scenes(rng: random.Random) -> Iterator[list[Message]]:
    """Scenes of the base tier in the `self` frame, without end; plays come more often."""
    known = corpus.train_facts()
    pools = {name: corpus.scenes(name) for name in corpus.DIALOGUE_SETS}
    weights = [4 if name in corpus.PLAY_SETS else 1 for name in pools]
    while True:
        name = rng.choices(list(pools), weights)[0]
        scene = rng.choice(pools[name])
        facts = facts_of(scene, known) if name == "synthetic_persona_chat" else {}
        messages = recast(scene, name in corpus.TALK_SETS, facts, rng)
        if messages:
            yield messages


def shuffled(items: list, rng: random.Random) -> Iterator:
    """The items again and again, in a new order each time."""
    while True:
        rng.shuffle(items)
        yield from items


def samples(tokenizer: Tokenizer, seed: int) -> Iterator[Sample]:
    """The mixture of all sources by token share, without end."""
    rng = random.Random(seed)
    sources: dict[str, Iterator] = {
        "chat": shuffled([item["messages"] for item in corpus.conversations()], rng),
        "recast": recast_scenes(rng),
        "own": shuffled(dialogues(6000, seed), rng),
    }
    used = dict.fromkeys(SHARES, 1)
    while True:
        name = min(SHARES, key=lambda key: used[key] / SHARES[key])
        messages = next(sources[name])
        if on_stage(messages) and rng.random() < SENT_SHARE:
            answered = [i for i, item in enumerate(messages) if item["role"] == "assistant"]
            messages = as_sent(messages[: rng.choice(answered) + 1])
        sample = encode_messages(tokenizer, messages)
        if sample:
            used[name] += min(len(sample[0]), 1024)
            yield sample


def fill(source: Iterator[Sample], rows: int, length: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Rows of whole samples; the last of a row is cut where the row ends."""
    tokens, wanted = [], []
    for _ in range(rows):
        row, targets = [], []
        while len(row) <= length:
            sample = next(source)
            row += sample[0]
            targets += sample[1]
        tokens.append(row[:length])
        wanted.append(targets[1 : length + 1])
    return torch.tensor(tokens), torch.tensor(wanted)


@torch.no_grad()
def begin_turn_tokens(network: Network, tokenizer: Tokenizer) -> None:
    """Let the ChatML tokens start out as the line end, which ends a turn in a script."""
    (line_end,) = tokenizer.encode("\n").ids
    for token in (TURN_START, TURN_END):
        network.embedding.weight[token] = network.embedding.weight[line_end]
    network.head.weight[TURN_END] = network.head.weight[line_end]


def tune(plan: Configuration, work: Path, minutes: float, compiled: bool) -> None:
    """Tune until the time is used up, with a falling learning rate."""
    torch.manual_seed(2)
    network = load_network(work / "base.pt").to(plan.device).train()
    tokenizer = load_tokenizer(work)
    begin_turn_tokens(network, tokenizer)
    optimiser = Optimiser(network, MATRIX_RATE, VECTOR_RATE)
    crew = Crew(network, plan.workers, compiled)
    source = samples(tokenizer, seed=7)
    start, step, recent, seen = time.monotonic(), 0, [], 0
    while (progress := (time.monotonic() - start) / (minutes * 60)) < 1.0:
        length = 512 if progress < 0.7 else plan.shape.context
        rows = plan.batches[-1][1] // length
        tokens, targets = fill(source, rows, length)
        piece = max(1, plan.piece_tokens // length)
        loss = crew.gradients(tokens.to(plan.device), targets.to(plan.device), piece)
        optimiser.step(min(1.0, (step + 1) / 20) * (1 - progress) + 0.01, crew.pool)
        recent.append(loss)
        step, seen = step + 1, seen + rows * length
        if step % 20 == 0:
            mean = sum(recent) / len(recent)
            print(f"tune step {step} at {progress:.0%} loss {mean:.4f} tokens {seen:,}", flush=True)
            recent = []
    state = {"shape": asdict(network.shape), "weights": network.state_dict()}
    state["position"] = {"seconds": time.monotonic() - start, "step": step, "tokens": seen}
    torch.save(state, work / "chat.tmp")
    (work / "chat.tmp").replace(work / "chat.pt")


def main() -> None:
    """Read the command line and tune."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--configuration", choices=sorted(CONFIGURATIONS), default="cpu")
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--plain", action="store_true", help="without torch.compile")
    arguments = parser.parse_args()
    plan = CONFIGURATIONS[arguments.configuration]
    if plan.device == "cpu":
        torch.set_num_threads(1)
    tune(plan, arguments.work, arguments.minutes or plan.tune_minutes, not arguments.plain)


if __name__ == "__main__":
    main()

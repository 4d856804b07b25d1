"""Measures every bar on the held-out files and writes the record beside the models."""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import re
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import torch

import corpus
from conversations import Message, as_sent, chatml, recast
from engine import CONTEXT, Engine
from export import load_network
from network import Network
from reading import reads_card
from shares import wilson
from tokenizer import BOS

MOST_BITS = 1.8
LEAST_ENDED = 0.90
MOST_NAMES = 0.05
LEAST_AGREEMENT = 0.99
MOST_BYTES = 32_000_000
ANSWER_TOKENS = 80
NAME_LINE = re.compile(r"^\s*((?:[A-Z][\w'.-]*)(?: [A-Z][\w'.-]*){0,2}) ?(?:\([^)\n]*\))?:", re.M)
HELDOUT_SETS = corpus.DIALOGUE_SETS + corpus.PROSE_SETS


def surprise(logits: np.ndarray, wanted: list[int]) -> np.ndarray:
    """Minus the log probability of each wanted token, in nats."""
    top = logits.max(1)
    total = top + np.log(np.exp(logits - top[:, None]).sum(1))
    return total - logits[np.arange(len(wanted)), wanted]


def document_nats(engine: Engine, tokens: list[int]) -> np.ndarray:
    """The surprise of every token but the first; long documents are read in half-overlaps."""
    half, parts, done = CONTEXT // 2, [], 0
    while done < len(tokens) - 1:
        start = 0 if done == 0 else done - half
        window = tokens[start : start + CONTEXT]
        engine.forget()
        logits = engine.read(window, 0, every=True)
        nats = surprise(logits[:-1], window[1:])
        parts.append(nats[done - start :])
        done = start + len(window) - 1
    return np.concatenate(parts)


def bits_per_byte(path: Path, every: int = 1) -> dict[str, Any]:
    """Bits per byte over the held-out base files (or every so-manieth scene), by set and in all."""
    totals: dict[str, list[float]] = {}
    places = np.zeros((4, 2))
    with Engine(path) as engine:
        for name in HELDOUT_SETS:
            nats, size = 0.0, 0
            for scene in corpus.scenes(name, heldout=True)[::every]:
                text = scene + "\n"
                values = document_nats(engine, [BOS, *engine.tokens(text)])
                nats += float(values.sum())
                size += len(text.encode())
                add_places(places, values)
            totals[name] = [nats, size]
    bits = {name: round(nats / math.log(2) / size, 4) for name, (nats, size) in totals.items()}
    nats = sum(value[0] for value in totals.values())
    size = sum(value[1] for value in totals.values())
    return {
        "all": round(nats / math.log(2) / size, 4),
        "bytes": size,
        "sets": bits,
        "nats_per_token_by_quarter_of_context": [
            round(float(total / count), 3) for total, count in places
        ],
    }


def add_places(places: np.ndarray, values: np.ndarray) -> None:
    """Sum the surprise by quarter of the context, for documents that fill it."""
    if len(values) < CONTEXT - 1:
        return
    for quarter, part in enumerate(np.array_split(values[: CONTEXT - 1], 4)):
        places[quarter] += part.sum(), len(part)


def chat_prompts(count: int) -> list[list[Message]]:
    """The start of held-out conversations: the system message and the first user turn."""
    chosen = random.Random(100).sample(corpus.conversations(heldout=True), count)
    prompts = []
    for conversation in chosen:
        messages = conversation["messages"]
        last = next(i for i, item in enumerate(messages) if item["role"] == "user")
        prompts.append(messages[: last + 1])
    return prompts


def stage_prompts(count: int) -> list[tuple[list[Message], str]]:
    """Held-out scenes in the `self` frame, cut before one of the persona's turns."""
    rng = random.Random(50)
    names = (*corpus.PLAY_SETS, "topical_chat", "synthetic_persona_chat")
    pools = {name: corpus.scenes(name, heldout=True) for name in names}
    prompts: list[tuple[list[Message], str]] = []
    while len(prompts) < count:
        name = rng.choice(names)
        messages = recast(rng.choice(pools[name]), name in corpus.TALK_SETS, {}, rng)
        if not messages:
            continue
        cut = rng.randrange(1, len(messages), 2)
        own = re.findall(r"Speak only as (.+)\.$", messages[0]["content"])[0]
        prompts.append((as_sent(messages[: cut + 1]), own))
    return prompts


def answers(path: Path, prompts: list[tuple[list[Message], str]]) -> dict[str, Any]:
    """Sample one answer to each prompt; count ended turns and foreign names."""
    ended, foreign, lengths, samples = 0, 0, [], []
    with Engine(path) as engine:
        for seed, (messages, own) in enumerate(prompts):
            prompt = engine.tokens(chatml(messages), special=True, bos=True)
            prompt = prompt[-(CONTEXT - ANSWER_TOKENS) :]
            written = engine.sample(prompt, ANSWER_TOKENS, seed=1000 + seed)
            text = engine.text(written)
            ended += engine.is_end(written[-1])
            foreign += any(name != own for name in NAME_LINE.findall(text))
            lengths.append(len(written))
            samples.append(text)
    count = len(prompts)
    return {
        "prompts": count,
        "ended": ended,
        "ended_interval": wilson(ended, count),
        "foreign_names": foreign,
        "foreign_names_interval": wilson(foreign, count),
        "mean_tokens": round(sum(lengths) / count, 1),
        "samples": samples[:5],
    }


def chat_answers(path: Path) -> dict[str, Any]:
    """Answers to 100 held-out prompts of the chat tier."""
    return answers(path, [(messages, "") for messages in chat_prompts(100)])


def stage_answers(path: Path) -> dict[str, Any]:
    """Answers to 50 held-out scenes in the `self` frame."""
    return answers(path, stage_prompts(50))


def card_answers(path: Path) -> dict[str, Any]:
    """Whether names and facts of 100 cards with names never trained on are read off them."""
    with Engine(path) as engine:
        return reads_card(engine)


def agreement(network: Network, path: Path, positions: int = 1000) -> dict[str, Any]:
    """How often llama.cpp and PyTorch choose the same next token at held-out positions."""
    rng = random.Random(7)
    scenes = [scene for name in HELDOUT_SETS for scene in corpus.scenes(name, heldout=True)]
    same = seen = 0
    with Engine(path) as engine, torch.no_grad():
        while seen < positions:
            tokens = [BOS, *engine.tokens(rng.choice(scenes) + "\n")][:CONTEXT]
            places = rng.sample(range(len(tokens)), min(25, positions - seen, len(tokens)))
            engine.forget()
            theirs = engine.read(tokens, 0, every=True).argmax(1)
            ours = network(torch.tensor([tokens]))[0].numpy().argmax(1)
            same += int((theirs[places] == ours[places]).sum())
            seen += len(places)
    return {"positions": seen, "same": same, "share": same / seen}


def trained(path: Path) -> dict[str, Any]:
    """Steps, tokens and seconds of a training run, from its checkpoint."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    parameters = sum(value.numel() for value in state["weights"].values())
    position = state["position"]
    return {
        "parameters": parameters,
        "shape": state["shape"],
        "steps": position["step"],
        "tokens": position["tokens"],
        "seconds": round(position["seconds"]),
    }


def parts_of(work: Path, target: Path) -> dict[str, tuple[Callable[..., Any], Path, Path]]:
    """Every measurement: what to call, the checkpoint behind it, and the GGUF file."""
    base, chat = target / "stage-base.gguf", target / "stage-chat.gguf"
    f32 = {kind: work / f"stage-{kind}-f32.gguf" for kind in ("base", "chat")}
    return {
        "bits_f32": (bits_per_byte, work / "base.pt", f32["base"]),
        "bits_q8_0": (bits_per_byte, work / "base.pt", base),
        "agreement_base": (agreement, work / "base.pt", f32["base"]),
        "agreement_chat": (agreement, work / "chat.pt", f32["chat"]),
        "chat": (chat_answers, work / "chat.pt", chat),
        "stage": (stage_answers, work / "chat.pt", chat),
        "card": (card_answers, work / "chat.pt", chat),
    }


def run_part(
    name: str, part: tuple[Callable[..., Any], Path, Path], work: Path, trial: bool
) -> tuple[str, dict[str, Any]]:
    """One measurement, or its earlier result where the file is still the same."""
    call, checkpoint, path = part
    sha = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    kept = work / "bars" / f"{name}-{sha}{'-trial' if trial else ''}.json"
    if kept.exists():
        return name, json.loads(kept.read_text(encoding="utf-8"))
    torch.set_num_threads(1)
    print(f"measuring {name}", file=sys.stderr, flush=True)
    if call is agreement:
        result = agreement(load_network(checkpoint), path, positions=100 if trial else 1000)
    elif call is bits_per_byte:
        result = bits_per_byte(path, every=40 if trial else 1)
    else:
        result = call(path)
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(json.dumps(result), encoding="utf-8")
    return name, result


def run_parts(
    work: Path, target: Path, only: str, workers: int, trial: bool
) -> dict[str, dict[str, Any]]:
    """All measurements whose name starts with `only`, some of them side by side."""
    parts = {name: part for name, part in parts_of(work, target).items() if name.startswith(only)}
    with ProcessPoolExecutor(workers) as pool:
        jobs = [pool.submit(run_part, name, part, work, trial) for name, part in parts.items()]
        return dict(job.result() for job in jobs)


def measure(work: Path, target: Path, workers: int, trial: bool) -> dict[str, Any]:
    """Every measurement, as one record."""
    found = run_parts(work, target, "", workers, trial)
    record: dict[str, Any] = {
        "trained": {kind: trained(work / f"{kind}.pt") for kind in ("base", "chat")},
        "bytes": {
            kind: (target / f"stage-{kind}.gguf").stat().st_size for kind in ("base", "chat")
        },
        "agreement": {"base": found["agreement_base"], "chat": found["agreement_chat"]},
        "bits_per_byte": {"f32": found["bits_f32"], "q8_0": found["bits_q8_0"]},
        "chat": found["chat"],
        "stage": found["stage"],
        "card": found["card"],
    }
    record["bars"] = bars(record)
    return record


def bars(record: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The issue's bars: the value, the limit, and whether it holds."""
    bits, chat = record["bits_per_byte"]["q8_0"]["all"], record["chat"]
    ended, names = chat["ended"] / chat["prompts"], chat["foreign_names"] / chat["prompts"]
    same = min(record["agreement"][kind]["share"] for kind in ("base", "chat"))
    size = sum(record["bytes"].values())
    return {
        "base_bits_per_byte": {"value": bits, "most": MOST_BITS, "holds": bits <= MOST_BITS},
        "chat_ended": {"value": ended, "least": LEAST_ENDED, "holds": ended >= LEAST_ENDED},
        "chat_foreign_names": {"value": names, "most": MOST_NAMES, "holds": names <= MOST_NAMES},
        "agreement": {"value": same, "least": LEAST_AGREEMENT, "holds": same >= LEAST_AGREEMENT},
        "bytes": {"value": size, "most": MOST_BYTES, "holds": size <= MOST_BYTES},
    }


def table(record: dict[str, Any]) -> str:
    """The bars as a table to read."""
    lines = [f"{'bar':24}{'value':>14}{'limit':>14}  holds"]
    for name, bar in record["bars"].items():
        limit = f"<= {bar['most']}" if "most" in bar else f">= {bar['least']}"
        value = f"{bar['value']:.4f}" if isinstance(bar["value"], float) else f"{bar['value']:,}"
        lines.append(f"{name:24}{value:>14}{limit:>14}  {'yes' if bar['holds'] else 'NO'}")
    stage = record["stage"]
    lines.append(f"f32 bits per byte: {record['bits_per_byte']['f32']['all']}")
    lines.append(
        f"self frame: {stage['ended']} of {stage['prompts']} ended, "
        f"{stage['foreign_names']} with another's name"
    )
    for name, share in record["card"].items():
        low, high = share["interval"]
        lines.append(
            f"card, {name.replace('_', ' ')}: {share['hits']} of {share['count']} "
            f"({low:.0%} to {high:.0%})"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure, print, and write `bars.json` beside the models."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C ends it at once, also inside a library
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--target", type=Path, required=True, help="folder of the Q8_0 files")
    parser.add_argument("--json", action="store_true", help="print the whole record")
    parser.add_argument("--workers", type=int, default=2, help="measurements side by side")
    parser.add_argument("--only", default="", help="run only parts with names that start so")
    parser.add_argument(
        "--trial", action="store_true", help="measure little, and take a bar that does not hold"
    )
    arguments = parser.parse_args()
    plan = (arguments.workers, arguments.trial)
    if arguments.only:
        found = run_parts(arguments.work, arguments.target, arguments.only, *plan)
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    record = measure(arguments.work, arguments.target, *plan)
    text = json.dumps(record, indent=2, ensure_ascii=False) + "\n"
    (arguments.target / "bars.json").write_text(text, encoding="utf-8")
    print(text if arguments.json else table(record))
    holds = all(bar["holds"] for bar in record["bars"].values())
    raise SystemExit(0 if holds or arguments.trial else 1)


if __name__ == "__main__":
    main()

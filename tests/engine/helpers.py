"""What tests of the engine share: a GGUF writer, prompts, orders, and a scripted loop."""

from __future__ import annotations

import asyncio
import json
import math
import struct
from collections.abc import Container, Coroutine, Sequence
from pathlib import Path
from typing import Any, TypeVar

from stage.engine import protocol
from stage.engine.backends.echo import EchoRunner
from stage.engine.model import Model
from stage.engine.orders import Ended, Event, LoadSettings, Pieces, TakeOrder
from stage.engine.performance import Performance
from stage.engine.worker.loop import Loop
from stage.play.cutting import CutRule
from stage.play.prompting.frame import Prompt, Segment
from stage.play.sampling import Sampler, Step

T = TypeVar("T")
GREEDY = Sampler((), "greedy", 40)
DIST = Sampler((), "dist", 40)
LONG = Sampler((), "dist", 1000)  # for what is to be stopped, however late


def run(work: Coroutine[Any, Any, T], seconds: float = 60.0) -> T:
    """Run a coroutine on a loop of its own, or fail after `seconds`."""
    return asyncio.run(asyncio.wait_for(work, seconds))


def one_letter(model: Model, count: int = 400) -> Sampler:
    """It says the same letter so many times: nothing else ends it before somebody stops it."""
    biases = ((model.vocabulary.pieces.index(b"x"), 99.0),)
    return Sampler((Step("logit_bias", (("biases", biases),)),), "dist", count)


def text_prompt(text: str) -> Prompt:
    return Prompt("transcript", "text", (Segment("static", text),), "", CutRule())


def chat_prompt(*turns: tuple[str, str], prefill: str = "") -> Prompt:
    segments = tuple(
        Segment("history", text, role, f"l{place}") for place, (role, text) in enumerate(turns)
    )
    return Prompt("self", "chat", segments, prefill, CutRule(), "2026-01-02")


def script(**plan: Any) -> Prompt:
    """A prompt that tells the scripted back end what to do."""
    return text_prompt("Scene.\n@@" + json.dumps(plan, ensure_ascii=False))


def orders(count: int, sampler: Sampler = DIST, cut: CutRule | None = None) -> list[TakeOrder]:
    return [TakeOrder(f"t{place}", place + 1, sampler, cut or CutRule()) for place in range(count)]


async def watch(performance: Performance) -> list[Event]:
    return [event async for event in performance]


def endings(events: Sequence[Event]) -> dict[str, Ended]:
    """Ended by take; fails when a take ended twice."""
    found = [event for event in events if isinstance(event, Ended)]
    assert len({each.take for each in found}) == len(found)
    return {each.take: each for each in found}


def tokens_of(events: Sequence[Event], take: str) -> list[Any]:
    return [
        token
        for event in events
        if isinstance(event, Pieces) and event.take == take
        for token in event.tokens
    ]


class Rig:
    """A loop in this process, over the scripted back end or a real one, and what it reported."""

    selector = "dist"

    def __init__(self, runner: Any = None, **settings: Any) -> None:
        self.runner = runner or EchoRunner(Path("none"), LoadSettings(**settings))
        self.reports: list[Any] = []
        self.loop = Loop(self.runner, self.reports.extend)

    def ask(self, request: str, prompt: str, takes: int = 1, tokens: int = 20, **cut: Any) -> None:
        told = [
            {
                "id": f"{request}.{place}",
                "seed": place,
                "sampler": {"chain": [{"name": self.selector}], "max_tokens": tokens},
                "cut": {"own": [], "others": [], "blocks": False, **cut},
            }
            for place in range(takes)
        ]
        self.loop.perform(protocol.Perform(request, self.ids(prompt), told))

    def ids(self, prompt: str) -> list[int]:
        bos = self.runner.facts.bos
        return [*([] if bos is None else [bos]), *self.runner.tokenise(prompt, special=False)]

    def finish(self, most: int = 2000) -> None:
        for _ in range(most):
            if not self.loop.busy:
                return
            self.loop.step()
        raise AssertionError("the loop does not come to an end")

    def of(self, kind: type[T]) -> list[T]:
        return [report for report in self.reports if isinstance(report, kind)]

    def overs(self) -> dict[str, protocol.Over]:
        return {over.take: over for over in self.of(protocol.Over)}

    def tokens(self, take: str) -> list[int]:
        reports = [each for each in self.of(protocol.Said) if each.take == take]
        return [token for each in reports for token in protocol.unpack(each.ids, "i")]

    def said(self, take: str) -> bytes:
        return b"".join(self.runner.pieces[token] for token in self.tokens(take))

    def timings(self, take: str) -> dict[str, Any]:
        return self.overs()[take].timings


# ---------------------------------------------------------------- GGUF


def _text(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def _value(value: Any) -> bytes:
    if isinstance(value, bool):
        return struct.pack("<I?", 7, value)
    if isinstance(value, int):
        return struct.pack("<II", 4, value)
    if isinstance(value, float):
        return struct.pack("<If", 6, value)
    if isinstance(value, str):
        return struct.pack("<I", 8) + _text(value)
    kind = 8 if value and isinstance(value[0], str) else 5
    body = b"".join(_text(each) if kind == 8 else struct.pack("<i", each) for each in value)
    return struct.pack("<IIQ", 9, kind, len(value)) + body


LLAMA: dict[str, Any] = {
    "general.architecture": "llama",
    "general.name": "Tiny",
    "llama.context_length": 256,
    "llama.block_count": 2,
    "llama.embedding_length": 64,
    "llama.attention.head_count": 4,
    "llama.attention.head_count_kv": 2,
    "tokenizer.ggml.model": "gpt2",
    "tokenizer.ggml.tokens": [f"t{place}" for place in range(100)],
}


def gguf_bytes(
    metadata: dict[str, Any] | None = None, tensors: int = 2, *, version: int = 3
) -> bytes:
    """A small GGUF file: F32 tensors of 8 x 8 each."""
    metadata = LLAMA if metadata is None else metadata
    head = b"GGUF" + struct.pack("<IQQ", version, tensors, len(metadata))
    head += b"".join(_text(key) + _value(value) for key, value in metadata.items())
    for place in range(tensors):
        head += _text(f"blk.{place}.weight") + struct.pack("<IQQIQ", 2, 8, 8, 0, place * 256)
    return head + b"\0" * (-len(head) % 32) + b"\1" * (256 * tensors)


def gguf_head(
    metadata: dict[str, Any], shapes: dict[str, tuple[int, ...]], quantised: Container[str] = ()
) -> bytes:
    """The head of a file of F32 tensors of these shapes, padded to where their data begins.

    Those `quantised` are Q8_0. The data of each tensor must be padded to 32 bytes.
    """
    head = b"GGUF" + struct.pack("<IQQ", 3, len(shapes), len(metadata))
    head += b"".join(_text(key) + _value(value) for key, value in metadata.items())
    at = 0
    for name, shape in shapes.items():
        kind = 8 if name in quantised else 0
        head += _text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, kind, at)
        size = math.prod(shape) // 32 * 34 if kind else 4 * math.prod(shape)
        at += size + -size % 32
    return head + b"\0" * (-len(head) % 32)


def write_gguf(path: Path, metadata: dict[str, Any] | None = None, tensors: int = 2) -> Path:
    path.write_bytes(gguf_bytes(metadata, tensors))
    return path

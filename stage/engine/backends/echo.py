"""A scripted model for tests of faults: no file, no weights, one token a byte.

Only the pool's own argument reaches it. What it says and how it fails stands in the prompt
after the last `@@`, as JSON: {"say": text, "bytes": [ints], "wild": tokens drawn by the seed,
"at": number of tokens after which `fault` happens, "fault": one of FAULTS, "slow": seconds a
decode takes, "endless": true}. Without a script it says that it hears you.
Faults while loading are named by the path: `load-abort`, `load-refuse`, `load-slow`. A path
that is a file is read as its chat template.
"""

import json
import os
import signal
import time
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from stage.engine.orders import LoadSettings
from stage.engine.worker.runner import Chain, Desk, Facts, GivenUp, Row
from stage.kit.errors import BadInput
from stage.play.sampling import Sampler

if TYPE_CHECKING:
    from stage.engine.worker.logprobs import Shares
    from stage.engine.worker.runner import Rows

_CONTROLS = ("<eog>", "<bos>", "<|im_start|>", "<|im_end|>")
EOG, BOS, START, END = range(256, 260)
N_VOCAB, SEQUENCES = 260, 48
UNKNOWN = -1  # a position of which nothing is held
FAULTS = ("kill", "abort", "segfault", "freeze", "stick", "raise", "fail", "full")
_SAYING = b" I hear you."
_TEMPLATE = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


class _Chain:
    """Draws from the row with a generator of its own; greedy takes the top."""

    def __init__(self, sampler: Sampler, seed: int) -> None:
        self._random = None if sampler.selector == "greedy" else np.random.default_rng(seed)

    def pick(self, row: "Rows", shares: "Shares | None" = None) -> int:
        """Choose a token from logits of shape (n_vocab,)."""
        if self._random is None:
            return int(row.argmax())
        chances = np.exp(row.astype(np.float64) - row.max())
        return int(self._random.choice(len(row), p=chances / chances.sum()))

    def close(self) -> None:
        """Nothing is held."""


class EchoRunner:
    """Sequences are plain lists of tokens."""

    def __init__(self, path: Path, settings: LoadSettings) -> None:
        """Read the template where there is one."""
        cells = settings.cells or 4096
        self._path = path
        self.pieces = [bytes([value]) for value in range(256)] + [b""] * len(_CONTROLS)
        self.controls = list(_CONTROLS)
        self._held: dict[int, list[int]] = {}
        self._rows: list[Rows] = []
        self._stopped = False
        self.threads = 1
        self.facts = Facts(
            n_vocab=N_VOCAB,
            cells=cells,
            positions=min(settings.context or 2048, cells),
            batch=2048,
            sequences=SEQUENCES,
            takes=32,
            branch_anywhere=True,
            rewind=True,
            window=0,
            spare=16 * cells,
            cancel_in_decode=True,
            bos=BOS,
            template=path.read_text("utf-8") if path.is_file() else _TEMPLATE,
            names={"bos_token": "<bos>", "eos_token": "<eog>"},
            shape={"n_batch": 2048, "n_ubatch": 512},
            engine={"backend": "echo"},
        )

    def tokenise(self, text: str, *, special: bool) -> list[int]:
        """One token a byte; control tokens where they are asked for."""
        if not special:
            return list(text.encode("utf-8", "replace"))
        tokens: list[int] = []
        while text:
            places = [
                (text.find(mark), 256 + n) for n, mark in enumerate(_CONTROLS) if mark in text
            ]
            at, token = min(places, default=(len(text), -1))
            tokens += text[:at].encode("utf-8", "replace")
            tokens += [token] if token >= 0 else []
            text = text[at + len(_CONTROLS[token - 256]) :] if token >= 0 else ""
        return tokens

    def written(self, token: int) -> bytes:
        """A token as it is shown in an exact prompt."""
        return self.pieces[token] or _CONTROLS[token - 256].encode()

    def ends(self, token: int) -> bool:
        """Whether a token ends the generation."""
        return token in (EOG, END)

    def chain(self, sampler: Sampler, seed: int, history: Sequence[int]) -> Chain:
        """A generator seeded for one take."""
        return _Chain(sampler, seed)

    def decode(self, rows: Sequence[Row]) -> int:
        """Append the tokens and foresee what follows each wanted one."""
        wanted: list[Rows] = []
        for token, position, sequence, want in rows:
            held = self._held.setdefault(sequence, [])
            if position != len(held) or UNKNOWN in held[-1:] or sequence >= SEQUENCES:
                return -1
            held.append(token)
            if want:
                wanted.append(np.zeros(N_VOCAB, dtype=np.float32))
                answer = self._foresee(held, wanted[-1])
                if answer:
                    held.pop()
                    return answer
        self._rows = wanted
        return 0

    def _foresee(self, held: list[int], row: "Rows") -> int:
        prompt = bytes(token for token in held if token < 256)
        _, marked, script = prompt.rpartition(b"@@")
        plan, count = _plan(script if marked else prompt, bool(marked))
        time.sleep(plan.get("slow", 0))
        if self._stopped:
            return 2
        if plan.get("fault") and count >= plan.get("at", 0):
            answer = _fail(plan["fault"])
            if answer:
                return answer
        said = bytes(plan.get("bytes", ())) or plan.get("say", "").encode()
        if count < plan.get("wild", 0):
            row[97:123] = 20.0
        elif count < len(said):
            row[said[count]] = 40.0
        else:
            row[120 if plan.get("endless") else EOG] = 40.0
        return 0

    def logits(self, count: int) -> "Rows":
        """The wanted rows of the last decode."""
        return np.stack(self._rows[:count])

    def share(self, source: int, target: int, length: int, start: int = 0) -> None:
        """Let `target` hold a stretch of `source`; what it lacks before is unknown."""
        held = self._held.setdefault(target, [])
        held += [UNKNOWN] * (start - len(held))
        held[start:] = self._held[source][start:length]

    def save(self, sequence: int) -> bytearray:
        """The tokens."""
        return bytearray(array("i", self._held[sequence]).tobytes())

    def restore(self, sequence: int, data: bytearray) -> bool:
        """The tokens again."""
        self._held[sequence] = array("i", bytes(data)).tolist()
        return True

    def forget(self, sequence: int) -> None:
        """Drop a sequence."""
        self._held.pop(sequence, None)

    def rewind(self, sequence: int, length: int) -> bool:
        """Cut a sequence back."""
        held = self._held.get(sequence, [])
        del held[length:]
        return len(held) == length

    def abort(self, wanted: bool) -> None:
        """Break off a slow decode."""
        self._stopped = wanted

    def desk(self, cells: int, sequences: int) -> Desk:
        """A runner of its own: there are no weights to share."""
        return EchoRunner(self._path, LoadSettings(cells=cells))

    def strict(self, cells: int, kv: str) -> Desk:
        """A runner of its own."""
        return EchoRunner(self._path, LoadSettings(cells=cells))

    def use_threads(self, count: int) -> None:
        """Remember the number."""
        self.threads = count

    def close(self) -> None:
        """Nothing is held."""


def _plan(script: bytes, marked: bool) -> tuple[dict[str, Any], int]:
    """The script, and how many tokens were said after it."""
    if not marked:
        done = (n for n in range(len(_SAYING), 0, -1) if script.endswith(_SAYING[:n]))
        return {"say": _SAYING.decode()}, next(done, 0)
    plan, end = json.JSONDecoder().raw_decode(script.decode("latin-1"))
    plan["say"] = plan.get("say", "").encode("latin-1", "replace").decode("utf-8", "replace")
    return plan, len(script) - len(script[:end])


def _fail(fault: str) -> int:
    if fault in ("fail", "full"):
        return -3 if fault == "fail" else 1
    if fault == "raise":
        raise RuntimeError("a scripted fault")
    if fault == "stick":
        time.sleep(3600)
    if fault == "abort":
        os.abort()
    signals = {"kill": "SIGKILL", "segfault": "SIGSEGV", "freeze": "SIGSTOP"}
    os.kill(os.getpid(), getattr(signal, signals[fault]))
    time.sleep(3600)
    return 0


class EchoBackend:
    """Opens anything."""

    def open(
        self,
        path: Path,
        settings: LoadSettings,
        threads: int,
        progress: Callable[[float], bool],
    ) -> EchoRunner:
        """Pretend to load; see the module's docstring for faults."""
        if path.name == "load-abort":
            os.abort()
        if path.name == "load-refuse":
            raise BadInput("This model was scripted to be refused; choose another.")
        steps = 200 if path.name == "load-slow" else 2
        for step in range(steps):
            if not progress((step + 1) / steps):
                raise GivenUp
            time.sleep(0.02 if steps > 2 else 0)
        return EchoRunner(path, settings)

    def measure(self, path: Path, wanted: list[LoadSettings]) -> list[dict[str, Any] | None]:
        """A scripted model takes a megabyte, and a byte a cell."""
        names = ("process", "weights", "recurrent", "compute", "output", "scoring")
        nothing = dict.fromkeys(names, 0)
        return [
            {**nothing, "cells": each.cells or 0, "kv": each.kv, "takes": each.takes or 32,
             "cache": each.cells or 0, "process": 1 << 20}
            for each in wanted
        ]  # fmt: skip


ENTRY = EchoBackend()

"""The worker: one process, one model. Commands on stdin, reports on a private copy of stdout.

Threads: this one computes; one reads commands; one prepares prompts, so that a hostile
template cannot hold up a take; one says every second that the process is alive. The parent
going away ends it. Nothing of prompts or model text is ever logged.
"""

import contextlib
import os
import queue
import signal
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any

from stage.engine import protocol
from stage.engine.backends import BACKENDS
from stage.engine.orders import LoadSettings
from stage.engine.worker.dividing import divide
from stage.engine.worker.loop import Loop
from stage.engine.worker.preparing import prepare
from stage.engine.worker.runner import GivenUp, Runner
from stage.engine.worker.scoring import Scoring
from stage.engine.worker.strict import Strict
from stage.kit.errors import BadInput, KnownError

BEAT = 1.0
GRACE = 1.5  # seconds from the parent's end to our own
_BUG = 3  # exit code after a fault of ours; the traceback is on stderr
Script = protocol.Prepare | protocol.Count | protocol.Divide


def main() -> None:
    """Serve the process that started this one until it closes our stdin."""
    wire = os.dup(1)
    os.dup2(2, 1)  # whoever prints cannot break the frames
    _die_with_parent()
    if hasattr(os, "nice"):
        os.nice(10)  # the loop of the window goes first where processors are few
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to handle
    code = Worker(wire).run()
    sys.stderr.flush()
    os._exit(code)  # daemon threads and C callbacks need no farewell


class Worker:
    """The process's state: a model, its loop and the queues between the threads."""

    def __init__(self, wire: int) -> None:
        """Report to the file descriptor `wire`."""
        self._wire = wire
        self._lock = threading.Lock()
        self._commands: queue.SimpleQueue[protocol.Message | None] = queue.SimpleQueue()
        self._scripts: queue.SimpleQueue[Script] = queue.SimpleQueue()
        self._unwanted = threading.Event()
        self._loop: Loop | None = None

    def send(self, *messages: protocol.Message) -> None:
        """Write reports at once; the process ends when nobody reads any more."""
        data = memoryview(b"".join(protocol.encode(message) for message in messages))
        with self._lock:
            try:
                while data:
                    data = data[os.write(self._wire, data) :]
            except OSError:
                os._exit(0)

    def run(self) -> int:
        """Load, serve, free. Returns the exit code."""
        for work in (self._read, self._beat):
            threading.Thread(target=work, name=work.__name__, daemon=True).start()
        try:
            runner = self._load()
            if runner is None:
                return 0
            loop = self._loop = Loop(runner, lambda reports: self.send(*reports))
            threading.Thread(target=self._write, args=(runner,), name="_write", daemon=True).start()
            scoring = Scoring(runner, loop, lambda reports: self.send(*reports))
            strict = Strict(runner, loop, lambda reports: self.send(*reports))
            self._serve(loop, scoring, strict)
            loop.close()
            scoring.close()
            strict.close()
            runner.close()
        except Exception as error:
            _tell_place(error)
            return _BUG
        return 0

    # -------------------------------------------------------------- this thread

    def _load(self) -> Runner | None:
        command = self._commands.get()
        if isinstance(command, protocol.Measure):
            self._measure(command)
        if not isinstance(command, protocol.Load):
            return None
        last = 0.0

        def progress(done: float) -> bool:
            nonlocal last
            if done - last >= 0.01:
                last = done
                self.send(protocol.Progress(round(done, 3)))
            return not self._unwanted.is_set()

        settings = LoadSettings(
            command.cells or None, command.context or None, command.gpu_layers, command.map_file,
            command.kv, command.takes or None,
        )  # fmt: skip
        try:
            backend = BACKENDS[command.backend]
            runner = backend.open(Path(command.path), settings, command.threads, progress)
        except GivenUp:
            return None
        except (ImportError, OSError, RuntimeError) as error:
            _tell_place(error)
            sentence = (
                "The llama.cpp library cannot be used on this machine "
                f"({type(error).__name__}); run `make rebuild-llama`."
            )
            self.send(protocol.Failed("", "known", sentence))
            return None
        except KnownError as error:
            self.send(protocol.Failed("", _kind(error), error.sentence))
            return None
        self.send(_loaded(runner))
        return runner

    def _measure(self, command: protocol.Measure) -> None:
        try:
            wanted = [LoadSettings(**each) for each in command.settings]
            found = BACKENDS[command.backend].measure(Path(command.path), wanted)
            self.send(protocol.Reply("", {"estimates": found}))
        except KnownError as error:
            self.send(protocol.Failed("", _kind(error), error.sentence))

    def _serve(self, loop: Loop, scoring: Scoring, strict: Strict) -> None:
        while True:
            command = self._next(wait=not (loop.busy or scoring.busy or strict.busy))
            while command is not None:
                self._do(loop, scoring, strict, command)
                command = self._next(wait=False)
            if self._unwanted.is_set():
                return
            if loop.busy:
                loop.step()
            if scoring.busy:
                scoring.step()
            if strict.busy:
                strict.step()

    def _next(self, *, wait: bool) -> protocol.Message | None:
        with contextlib.suppress(queue.Empty):
            return self._commands.get(block=wait)
        return None

    @staticmethod
    def _do(loop: Loop, scoring: Scoring, strict: Strict, command: protocol.Message) -> None:
        if isinstance(command, protocol.Perform):
            (strict if command.strict else loop).perform(command)
        elif isinstance(command, protocol.Score):
            scoring.ask(command)
        elif isinstance(command, protocol.Stop):
            loop.stop(command.id, command.take)
            strict.stop(command.id, command.take)
            scoring.stop(command.id)
        elif isinstance(command, protocol.Threads):
            loop.threads_to(max(1, command.count))

    # -------------------------------------------------------------- other threads

    def _read(self) -> None:
        """Route commands. The end of stdin ends the process, at the latest after GRACE."""
        lines = protocol.Lines()
        while data := os.read(0, 65536):
            for line in lines.feed(data):
                try:
                    self._route(protocol.decode(line))
                except protocol.BadFrame as error:
                    print(f"a broken command: {error}", file=sys.stderr)  # noqa: T201
        self._unwanted.set()
        self._commands.put(None)
        if self._loop is not None:
            self._loop.interrupt()
        time.sleep(GRACE)
        os._exit(0)

    def _route(self, command: protocol.Message) -> None:
        if isinstance(command, protocol.CancelLoad):
            self._unwanted.set()
        elif isinstance(command, Script):
            self._scripts.put(command)
        else:
            self._commands.put(command)
            if isinstance(command, protocol.Stop) and self._loop is not None:
                self._loop.interrupt()

    def _beat(self) -> None:
        while True:
            loop, inside, steps = self._loop, 0.0, 0
            if loop is not None:
                steps, began = loop.step_count, loop.step_began
                inside = 0.0 if began is None else time.monotonic() - began
            self.send(protocol.Beat(steps, inside))
            time.sleep(BEAT)

    def _write(self, runner: Runner) -> None:
        """Prepare prompts, divide texts and count tokens."""
        while True:
            command = self._scripts.get()
            try:
                self.send(protocol.Reply(command.id, _answer(runner, command)))
            except KnownError as error:
                self.send(protocol.Failed(command.id, _kind(error), error.sentence))
            except Exception as error:
                _tell_place(error)
                sentence = f"Preparing the prompt failed ({type(error).__name__}); report this."
                self.send(protocol.Failed(command.id, "bug", sentence))


def _answer(runner: Runner, command: Script) -> dict[str, Any]:
    match command:
        case protocol.Count():
            counts = [len(runner.tokenise(text, special=False)) for text in command.texts]
            return {"counts": counts}
        case protocol.Divide():
            return divide(runner, command.pairs, command.form, command.date)
        case protocol.Prepare():
            return prepare(runner, command.prompt)


def _kind(error: KnownError) -> str:
    return "bad" if isinstance(error, BadInput) else "known"


def _tell_place(error: Exception) -> None:
    """Log where an error happened but not its words, which may hold text of a prompt."""
    places = traceback.extract_tb(error.__traceback__)[-6:]
    where = ", ".join(f"{Path(place.filename).name}:{place.lineno}" for place in places)
    print(f"{type(error).__name__} at {where}", file=sys.stderr)  # noqa: T201


def _loaded(runner: Runner) -> protocol.Loaded:
    facts, pieces = runner.facts, runner.pieces
    written = [piece or runner.written(token) for token, piece in enumerate(pieces)]
    silent = [token for token, piece in enumerate(pieces) if not piece]
    told = {
        "n_ctx": facts.positions,
        "cells": facts.cells,
        "max_takes": facts.takes,
        "branch_anywhere": facts.branch_anywhere,
        "tail_only": not facts.branch_anywhere,
        "rewind": facts.rewind,
        "window": facts.window,
        "has_template": bool(facts.template),
        "cancel_in_decode": facts.cancel_in_decode,
        "n_vocab": facts.n_vocab,
        "ends": [token for token in range(facts.n_vocab) if runner.ends(token)],
    }
    return protocol.Loaded(told, facts.engine, protocol.pack_pieces(written), silent)


def _die_with_parent() -> None:
    """Ask Linux to end this process when the thread that started it is gone."""
    if sys.platform != "linux":
        return
    import ctypes

    set_parent_death_signal = 1
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)

"""One worker process as the parent sees it: start, send, receive, end. No meaning of messages.

Pipes are served by daemon threads with plain reads and writes, so it works on any asyncio
loop, qasync's included. Everything is called, and calls back, on the loop's thread.
"""

import asyncio
import collections
import contextlib
import logging
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import IO

from stage.engine import protocol

log = logging.getLogger("stage.engine")
SILENCE = 10.0  # seconds without a heartbeat that count as a hang
LATE = 5.0  # seconds between two looks that are due every second
STUCK = 300.0  # seconds in one decode that count as a hang
CHUNK = 65536
_CAUSES = {
    signal.SIGABRT: "a check inside llama.cpp failed",
    signal.SIGSEGV: "it touched memory that is not its own",
    signal.SIGBUS: "the model file was cut short or its drive was unplugged",
    signal.SIGKILL: "it was killed, most likely because memory ran out",
    signal.SIGILL: "this processor lacks an instruction that llama.cpp was built for",
    signal.SIGTERM: "it was told to end",
}
_KILLED = -9  # the code of a process that the system ended, as it does when memory is out
_SHORT = ("insufficient memory", "failed to allocate", "bad_alloc", "memoryerror")
_STEPS: dict[signal.Signals | None, str] = {
    signal.SIGBUS: "plug the drive in or check the file, then try again",
    signal.SIGKILL: "close other programs or choose a smaller context, then try again",
    signal.SIGILL: "run `make rebuild-llama`",
}


def command() -> list[str]:
    """The command line of a worker, also in a frozen application."""
    module = [] if getattr(sys, "frozen", False) else ["-m", "stage"]
    return [sys.executable, *module, "--engine"]


def environment() -> dict[str, str]:
    """Our environment without foreign settings of llama.cpp, whose aborts start no debugger."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GGML_", "LLAMA_"))}
    own = {"GGML_NO_BACKTRACE": "1", "PYTHONUNBUFFERED": "1"}
    return {"MALLOC_ARENA_MAX": "1", **kept, **own}  # a heap a thread grows for hours (glibc)


def cause_in_words(code: int) -> str:
    """Why a process ended, from its return code."""
    number = _signal(code)
    if number is not None:
        return _CAUSES.get(number, f"it got the signal {number.value}")
    return "of a fault in Stage" if code == 3 else f"it ended with code {code}"


def step_in_words(code: int, *, killed: bool = False) -> str:
    """What to do after a process ended; `killed`: it was ended from here, whatever its code."""
    number = None if killed else _signal(code)
    return _STEPS.get(number, "try again, or choose another model if it happens again")


def _signal(code: int) -> signal.Signals | None:
    number = -code if code < 0 else code - 128
    return signal.Signals(number) if number in {each.value for each in signal.Signals} else None


class Client:
    """A running worker.

    Attributes:
        pid: of the process.
        tail: the last lines it wrote to stderr.
        why: why it was killed from here, "" otherwise.
    """

    def __init__(
        self,
        receive: Callable[[list[protocol.Message]], None],
        ended: Callable[[int], None],
    ) -> None:
        """Start a worker on the running loop.

        Args:
            receive: gets what arrived, in order.
            ended: gets the return code once the process is gone; not called after `close`.
        """
        self._receive = receive
        self._ended = ended
        self._loop = asyncio.get_running_loop()
        self.tail: collections.deque[str] = collections.deque(maxlen=20)
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self.why = ""
        self._closing = False
        self.last_beat = self._looked = time.monotonic()
        self._process = subprocess.Popen(
            command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
            bufsize=0,
            process_group=0 if os.name == "posix" else None,  # Ctrl+C is not for the worker
        )
        self.pid = self._process.pid
        self.gone = asyncio.Event()
        self._threads = [
            threading.Thread(target=work, name=f"worker-{self.pid}-{work.__name__}", daemon=True)
            for work in (self._write, self._listen, self._read)  # _read joins the two before it
        ]
        for thread in self._threads:
            thread.start()
        self._watch = self._loop.call_later(1.0, self._check)

    def send(self, message: protocol.Message) -> None:
        """Queue a command; a worker that is gone never answers it."""
        self._outbox.put(protocol.encode(message))

    def kill(self, why: str) -> None:
        """End the process at once and remember why, in words; `ended` follows."""
        self.why = self.why or why
        self._process.kill()

    async def close(self) -> None:
        """Close stdin, wait 2 s, terminate, wait 1 s, kill. No process or thread is left."""
        self._closing = True
        self._outbox.put(None)
        for patience, harder in ((2.0, self._process.terminate), (1.0, self._process.kill)):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.gone.wait(), patience)
                break
            harder()
        await self.gone.wait()

    # -------------------------------------------------------------- watching

    def _check(self) -> None:
        """Kill a worker that has been silent for too long.

        A look that comes late itself says that the machine slept or that we were held up:
        then the silence counts from now on.
        """
        if self.gone.is_set():
            return
        now = time.monotonic()
        if now - self._looked > LATE:
            self.last_beat = now
        self._looked = now
        if now - self.last_beat > SILENCE:
            log.warning("worker %d is silent and gets killed", self.pid)
            self.kill("it did not answer")
        self._watch = self._loop.call_later(1.0, self._check)

    def last_words(self, code: int) -> str:
        """Why it ended, as far as it or its return code tells."""
        cause = next((line for line in self.tail if line.startswith("abort: ")), "")
        told = f" ({cause.removeprefix('abort: ')[:200]})" if cause else ""
        short = "memory ran out" if self._was_short() else ""
        return (self.why or short or cause_in_words(code)) + told

    def next_step(self, code: int) -> str:
        """What to do about that."""
        short = not self.why and self._was_short()
        return step_in_words(_KILLED if short else code, killed=bool(self.why))

    def _was_short(self) -> bool:
        """Whether its very last lines tell of memory that was refused."""
        lines = [line.lower() for line in list(self.tail)[-3:]]
        return any(words in line for line in lines for words in _SHORT)

    def _arrived(self, messages: Sequence[protocol.Message]) -> None:
        self.last_beat = time.monotonic()
        others: list[protocol.Message] = []
        for message in messages:
            if isinstance(message, protocol.Beat):
                if message.inside > STUCK:
                    self.kill("it was stuck in one computation")
            else:
                others.append(message)
        if others and not self._closing:
            self._receive(others)

    def _over(self, code: int) -> None:
        self._watch.cancel()
        self.gone.set()
        if not self._closing:
            self._ended(code)

    def _post(self, call: Callable[..., None], *args: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody is interested
            self._loop.call_soon_threadsafe(call, *args)

    # -------------------------------------------------------------- threads

    def _read(self) -> None:
        """Receive reports; whatever is no report ends the worker."""
        stream = self._process.stdout
        assert stream is not None
        lines = protocol.Lines()
        try:
            while data := os.read(stream.fileno(), CHUNK):
                messages = [protocol.decode(line) for line in lines.feed(data)]
                if messages:
                    self._post(self._arrived, messages)
        except protocol.BadFrame as error:
            self.kill(f"it sent what is no report ({error})")
        except OSError:
            pass
        code = self._process.wait()
        _shut(stream)  # here: whoever began it may be gone, its loop closed
        self._outbox.put(None)
        for thread in self._threads[:-1]:
            thread.join(1.0)
        self._post(self._over, code)

    def _write(self) -> None:
        """Send commands; closing the outbox closes the worker's stdin."""
        stream = self._process.stdin
        assert stream is not None
        with contextlib.suppress(OSError, ValueError):
            while (data := self._outbox.get()) is not None:
                view = memoryview(data)
                while view:
                    view = view[os.write(stream.fileno(), view) :]
        _shut(stream)

    def _listen(self) -> None:
        """Keep the last lines of stderr."""
        stream = self._process.stderr
        assert stream is not None
        with contextlib.suppress(OSError, ValueError):
            for line in stream:
                self.tail.append(line[:500].decode("utf-8", "replace").rstrip())
        _shut(stream)


def _shut(stream: IO[bytes]) -> None:
    with contextlib.suppress(OSError):
        stream.close()

"""A replay gone through by hand: keys of a terminal or of a pipe, one answer for each."""

import asyncio
import os
import stat
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from stage.app.command import Output, clean
from stage.director.replaying import Replay
from stage.play.naming import Names

KEYS = "n or space: a step, l: a line, b: back a step, p: back a line, 0: to the start, q: quit"
_MOVES = {"n": (1, False), " ": (1, False), "l": (1, True), "b": (-1, False), "p": (-1, True)}


async def walk(replay: Replay, names: Names, out: Output) -> None:
    """Follow keys until there are no more; anything that is no key is passed over."""
    out.note(KEYS)
    tell(replay, names, out)
    with _single_keys():
        async for key in _keys():
            if key == "q":
                return
            if key == "0":
                replay.at = 0
            elif key in _MOVES:
                by, lines = _MOVES[key]
                replay.step(by, lines=lines)
            else:
                continue
            tell(replay, names, out)


def tell(replay: Replay, names: Names, out: Output) -> None:
    """Say where a replay stands, and how the line reads there."""
    line, text = replay.line() or (None, "")
    number, count = replay.counts
    row = {
        "event": "at", "beat": replay.at, "of": len(replay.beats),
        "seconds": round(replay.seconds, 4), "number": number, "count": count,
        "line": line and line.id, "speaker": line and names.label_of(line), "text": text,
    }  # fmt: skip
    said = "the start" if line is None else f"{names.label_of(line)}: {text.strip()}"
    where = f"{replay.at}/{len(replay.beats)}, line {number}/{count}, {replay.seconds:.2f} s"
    out.row(row, clean(f"[{where}] {said}"))


async def _keys() -> AsyncIterator[str]:
    """Characters of standard input; the loop goes on meanwhile, so that ^C is heard."""
    try:
        descriptor = sys.stdin.fileno()
        waits = not stat.S_ISREG(os.fstat(descriptor).st_mode)
    except (OSError, ValueError, AttributeError):
        return
    while data := await _read(descriptor, waits=waits and sys.platform != "win32"):
        for key in data.decode("utf-8", "replace"):
            yield key


async def _read(descriptor: int, *, waits: bool) -> bytes:
    if waits:  # a file is always there to be read, and cannot be waited for
        loop, ready = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(descriptor, ready.set)
        try:
            await ready.wait()
        finally:
            loop.remove_reader(descriptor)
    return os.read(descriptor, 4096)


@contextmanager
def _single_keys() -> Iterator[None]:
    """Let a terminal give each key at once, not a line at a time."""
    try:
        import termios  # not on Windows: there a key counts with Enter
        import tty

        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)
    except (ImportError, OSError, ValueError, AttributeError, termios.error):
        yield
        return
    tty.setcbreak(descriptor, termios.TCSADRAIN)  # keys that were pressed before it count too
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)

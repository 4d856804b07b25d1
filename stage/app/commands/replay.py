"""stage replay: a branch as it happened, from its stored tokens and times only."""

import argparse
import asyncio
import sys
import time
from typing import Any

from stage.app.command import Command, Output, clean
from stage.director.replaying import Happening, LineBegins, LineEnds, replay
from stage.kit.errors import BadInput
from stage.play.cast import Cast
from stage.store.library import Library


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("line", metavar="LINE", help="the last line of the branch, see stage tree")
    parser.add_argument(
        "--speed", type=float, default=1.0, metavar="X", help="times as fast; 0: all at once"
    )


async def _run(args: argparse.Namespace, out: Output) -> int:
    if not 0 <= args.speed < 1e6:
        raise BadInput("--speed must be 0 or more, such as 1, 0.5 or 10.")
    library = await Library.open(args.library, mode="read")
    try:
        played = await replay(library, args.line)
        first = played.beats[0][1]
        assert isinstance(first, LineBegins)  # a branch has a line
        cast = (await library.scene(first.line.play))[0].cast
    finally:
        await library.close()
    began = time.monotonic()
    for seconds, happening in played.beats:
        if args.speed:
            await asyncio.sleep(seconds / args.speed - (time.monotonic() - began))
        if out.json:
            out.row(_row(seconds, happening, cast), "")
        else:
            _say(happening, cast)
    return 0


def _row(seconds: float, happening: Happening, cast: Cast) -> dict[str, Any]:
    at = {"seconds": round(seconds, 4)}
    if isinstance(happening, LineBegins):
        line = happening.line
        who = {"speaker": cast.label_of(line), "model": line.model, "kind": str(line.kind)}
        return {"event": "line", **at, "id": line.id, **who, "text": happening.text}
    if isinstance(happening, LineEnds):
        line = happening.line
        stop = str(line.reason) if line.reason else None
        ended = {"text": line.text, "status": str(line.status), "stop": stop}
        return {"event": "end", **at, "id": line.id, **ended}
    return {
        "event": "token", **at, "line": happening.line, "index": happening.index,
        "id": happening.id, "text": happening.text, "logprob": happening.logprob,
        "shown": happening.shown,
    }  # fmt: skip


def _say(happening: Happening, cast: Cast) -> None:
    if isinstance(happening, LineBegins):
        by = f" ({happening.line.model})" if happening.line.model else ""
        text = f"{cast.label_of(happening.line)}{by}: {happening.text or ''}"
    elif isinstance(happening, LineEnds):
        text = "\n"
    else:
        text = happening.text if happening.shown else ""
        text = text.lstrip() if happening.index == 0 else text
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(clean(text).encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()


ENTRY = Command("replay", "replay a branch as it happened, token by token", _arguments, _run)

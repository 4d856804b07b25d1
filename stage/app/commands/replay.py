"""stage replay: a branch as it happened, from its stored tokens and times only.

With --recast it is performed once more instead, one thing changed for one member of the cast.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Mapping
from typing import Any

from stage.app.command import Command, Output, clean
from stage.app.commands.play import Watcher
from stage.app.house import existing, open_house
from stage.app.reading import reading
from stage.app.stepping import KEYS, tell, walk
from stage.director.librarian import names_of
from stage.director.replaying import (
    PAUSE,
    Happening,
    LineBegins,
    LineEnds,
    Replay,
    TokenSaid,
    replay,
)
from stage.director.rerunning import THINGS, Rerun, rerun
from stage.kit.errors import BadInput
from stage.play.naming import Names


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("line", metavar="LINE", help="the last line of the branch, see stage tree")
    parser.add_argument(
        "--speed", type=float, default=1.0, metavar="X", help="times as fast; 0: all at once"
    )
    parser.add_argument(
        "--step", action="store_true", help=f"go by keys, forwards and back. {KEYS}"
    )
    parser.add_argument(
        "--at", type=int, metavar="N", help="only say how it stood after N steps (tokens, lines)"
    )
    parser.add_argument(
        "--from", type=int, dest="first", metavar="N", help="begin after N steps (default: 0)"
    )
    parser.add_argument(
        "--to", type=int, dest="last", metavar="N",
        help="end after N steps; less than --from: go back (with --json)",
    )  # fmt: skip
    parser.add_argument(
        "--recast", nargs=2, metavar=("MEMBER", "THING=VALUE"),
        help="perform the branch again as a new one, with one thing changed for one member: "
        f"{', '.join(THINGS)}; other lines are taken from the record",
    )  # fmt: skip


async def _run(args: argparse.Namespace, out: Output) -> int:
    if args.recast:
        return await _recast(args, out)
    if not 0 <= args.speed < 1e6:
        raise BadInput("--speed must be 0 or more, such as 1, 0.5 or 10.")
    async with reading(args.library, out.note) as library:
        played = await replay(library, args.line)
        first = played.beats[0][1]
        assert isinstance(first, LineBegins)  # a branch has a line
        names = await names_of(library, first.line.play)
    if args.at is not None:
        played.step(args.at)
        tell(played, names, out)
    elif args.step:
        played.step(args.first or 0)
        await walk(played, names, out)
    else:
        await _play(played, _beats(args, played, out), args.speed, names, out)
    return 0


def _beats(args: argparse.Namespace, played: Replay, out: Output) -> range:
    """The beats to play, in order."""
    count = len(played.beats)
    first, last = (min(max(each, 0), count) if each is not None else default
                   for each, default in ((args.first, 0), (args.last, count)))  # fmt: skip
    if last >= first:
        return range(first, last)
    if not out.json:
        raise BadInput("Text cannot be taken back once it is printed; use --json, or --step.")
    return range(first - 1, last - 1, -1)


async def _play(played: Replay, beats: range, speed: float, names: Names, out: Output) -> None:
    """Say each beat at its time; backwards they come as far apart as forwards."""
    began, start = time.monotonic(), None
    for number in beats:
        seconds, happening = played.beats[number]
        start = seconds if start is None else start
        if speed:
            await asyncio.sleep(abs(seconds - start) / speed - (time.monotonic() - began))
        if out.json:
            out.row(_row(number, seconds, happening, names), "")
        else:
            _say(happening, names)
    spread = sum(isinstance(each, TokenSaid) and each.index > 0 and not each.measured
                 for _, each in played.beats)  # fmt: skip
    if spread and speed and not out.json:
        said = sum(isinstance(each, TokenSaid) for _, each in played.beats)
        out.note(
            f"The times of {said - spread} of {said} tokens were measured, the others lie evenly "
            f"between those; pauses between lines are {PAUSE:g} s at most."
        )


def _row(number: int, seconds: float, happening: Happening, names: Names) -> dict[str, Any]:
    at = {"beat": number, "seconds": round(seconds, 4)}
    if isinstance(happening, LineBegins):
        line = happening.line
        who = {"speaker": names.label_of(line), "model": line.model, "kind": str(line.kind)}
        return {"event": "line", **at, "id": line.id, **who, "text": happening.text}
    if isinstance(happening, LineEnds):
        line = happening.line
        stop = str(line.reason) if line.reason else None
        ended = {"text": line.text, "status": str(line.status), "stop": stop}
        return {"event": "end", **at, "id": line.id, **ended}
    return {
        "event": "token", **at, "line": happening.line, "index": happening.index,
        "id": happening.id, "text": happening.text, "logprob": happening.logprob,
        "shown": happening.shown, "measured": happening.measured,
    }  # fmt: skip


def _say(happening: Happening, names: Names) -> None:
    if isinstance(happening, LineBegins):
        by = f" ({names.model(happening.line.model)})" if happening.line.model else ""
        text = f"{names.label_of(happening.line)}{by}: {happening.text or ''}"
    elif isinstance(happening, LineEnds):
        text = "\n"
    else:
        text = happening.text if happening.shown else ""
        text = text.lstrip() if happening.index == 0 else text
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(clean(text).encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()


async def _recast(args: argparse.Namespace, out: Output) -> int:
    label, (thing, equals, value) = args.recast[0], args.recast[1].partition("=")
    if not equals or not value:
        raise BadInput(f"--recast {label} {args.recast[1]} is not THING=VALUE; see --help.")
    async with open_house(existing(args.library)) as house:
        director = house.director
        watcher = Watcher(None, out)
        director.told.connect(watcher.hear)
        play = await director.open(await house.library.play_of(args.line))
        names = await names_of(house.library, play.id)
        found: list[Rerun] = []
        try:
            async for each in rerun(director, args.line, label, thing, value):
                found.append(each)
                out.row(_rerun_row(each, names), _rerun_words(each, names))
        finally:
            _told(found, play.id, out)
    return 0


def _told(found: list[Rerun], play: str, out: Output) -> None:
    """What the whole came to, also when it was stopped."""
    parted = next((each for each in found if each.difference), None)
    row = {
        "event": "replayed", "play": play, "lines": [each.line.id for each in found],
        "leaf": found[-1].line.id if found else None,
        "parted": parted.line.id if parted else None,
        "index": parted.difference.index if parted and parted.difference else None,
        "complete": bool(found) and found[-1].number == found[-1].count,
    }  # fmt: skip
    if not found:
        words = "Nothing was said."
    elif parted is None:
        words = f"{len(found)} lines, none of them different; stage undo {play} removes them."
    else:
        words = (
            f"{len(found)} lines; the first that differs is line {parted.number}. The new branch "
            f"ends at {found[-1].line.id}; stage undo {play} removes it."
        )
    out.row(row, words)


def _rerun_row(each: Rerun, names: Names) -> dict[str, Any]:
    parted = each.difference
    return {
        "event": "line", "id": each.line.id, "of": each.was.id, "parent": each.line.parent,
        "number": each.number, "count": each.count, "speaker": names.label_of(each.line),
        "model": each.line.model, "said": each.said, "text": each.line.text,
        "difference": parted and {"index": parted.index, "was": parted.was, "now": parted.now},
    }  # fmt: skip


def _rerun_words(each: Rerun, names: Names) -> str:
    by = f" ({names.model(each.line.model)})" if each.line.model else ""
    where = f"line {each.number} of {each.count}"
    if not each.said:
        where += ", from the record"
    elif each.difference is None:
        where += ", said anew, the same tokens"
    else:
        one, other = _token(each.difference.was), _token(each.difference.now)
        where += f", said anew: token {each.difference.index} was {one}, is {other}"
    text = each.line.text.replace("\n", "\n    ")
    return clean(f"{names.label_of(each.line)}{by}  ({where})\n    {text}")


def _token(token: Mapping[str, Any] | None) -> str:
    if token is None:
        return "none"
    logprob = token["logprob"]
    likely = "" if logprob is None else f", logprob {logprob:.3f}"
    return f"{token['text']!r} ({token['id']}{likely})"


ENTRY = Command("replay", "replay a branch as it happened, token by token", _arguments, _run)

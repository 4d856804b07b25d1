"""stage rerun: a take made again, or its tokens weighed again; the library is only read."""

import argparse
from typing import Any

from stage.app.command import Command, Output, clean
from stage.app.reading import reading
from stage.director.weighing.repeating import Repeat, repeat
from stage.engine.pool import Pool


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("line", metavar="LINE", help="a line that a model said, see stage tree")
    parser.add_argument(
        "--strict",
        action="store_true",
        help="make the take anew, token by token, as it was made with stage play --strict "
        "(default: score its tokens again and compare the distributions)",
    )


async def _run(args: argparse.Namespace, out: Output) -> int:
    pool = Pool()
    pool.changed.connect(lambda _, state: out.progress(state.sentence))
    async with reading(args.library, out.note) as library:
        try:
            found = await repeat(library, pool, args.line, strict=args.strict)
        finally:
            await pool.close()
    out.row(found.to_json(), clean(_words(found)))
    return 0


def _words(found: Repeat) -> str:
    count = found.numbers["n"]
    if found.strict:
        verdict = f"The same {count} tokens with the same log-probabilities." if found.equal else ""
    else:
        delta, kl = found.numbers["delta"], found.numbers["kl"]
        verdict = (
            f"{count} tokens scored again: |delta logprob| {_mean(delta)} nats on average, at most "
            f"{found.numbers['largest_delta']:.4f}; {_kl(kl)}"
            f"{'.' if delta['low'] is not None else '; too few tokens for an interval.'}"
        )
    lines = [verdict, found.why or ""]
    if found.index is not None:
        lines += [f"  stored {_token(found.stored)}", f"  new    {_token(found.new)}"]
    return "\n".join(line for line in lines if line)


def _kl(told: dict[str, Any] | None) -> str:
    """It is of the alternatives kept, so that more of them could only make it larger."""
    if told is None:
        return "KL unknown: no alternatives are kept of this take; make one anew to have them"
    return f"KL at least {_mean(told)} nats on average, by the alternatives that are kept"


def _mean(told: dict[str, Any]) -> str:
    known = told["low"] is not None
    return f"{told['value']:.4f}" + (f" [{told['low']:.4f}, {told['high']:.4f}]" if known else "")


def _token(token: dict[str, Any] | None) -> str:
    return "(none)" if token is None else f"{token['id']} {token['text']!r} {token['logprob']:.6f}"


ENTRY = Command("rerun", "make a take again, or weigh it again, and compare", _arguments, _run)

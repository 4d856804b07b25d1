"""stage line: everything stored about one line."""

import argparse
import json

from stage.app.command import Command, Output, clean
from stage.store.library import Library


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("line", metavar="LINE", help="the id of a line, see stage tree")


async def _run(args: argparse.Namespace, out: Output) -> int:
    library = await Library.open(args.library, mode="read")
    try:
        detail = (await library.line(args.line)).to_json()
    finally:
        await library.close()
    brief = {key: value for key, value in detail.items() if key not in ("tokens", "prompt")}
    words = [json.dumps(brief, indent=2, ensure_ascii=False)]
    if prompt := detail.get("prompt"):
        words.append(f"Prompt, {len(prompt['tokens'])} tokens, as sent:\n{prompt['text']}")
    if tokens := detail.get("tokens"):
        words.append("Tokens, with their logprob in nats:")
        words += [_token(token) for token in tokens]
    out.row(detail, clean("\n\n".join(words[:2]) + "\n\n" + "\n".join(words[2:])))
    return 0


def _token(token: dict[str, object]) -> str:
    logprob = token["logprob"]
    number = f"{logprob:9.4f}" if isinstance(logprob, float) else "  unknown"
    return f"{token['id']:>8} {number}  {token['text']!r}"


ENTRY = Command("line", "print everything stored about one line", _arguments, _run)

"""stage line: everything stored about one line."""

import argparse
import json

from stage.app.command import Command, Output, clean
from stage.play.line import Kind
from stage.store.library import Library


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("line", metavar="LINE", help="the id of a line, see stage tree")


async def _run(args: argparse.Namespace, out: Output) -> int:
    library = await Library.open(args.library, mode="read")
    try:
        found = await library.line(args.line)
        detail = found.to_json()
        if found.line.parent is not None:
            above = (await library.line(found.line.parent)).line
            detail["parent"] = None if above.kind is Kind.SCENE else above.id
        cast = (await library.scene(found.line.play))[0].cast
    finally:
        await library.close()
    detail["speaker"] = cast.label_of(found.line)
    if found.line.heard_by is not None:
        detail["heard_by"] = [cast.label(each) for each in found.line.heard_by]
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

"""stage line: everything stored about one line."""

import argparse
import json
from typing import Any

from stage.app.command import Command, Output, clean
from stage.app.reading import reading
from stage.director.librarian import names_of
from stage.director.weighing.looking import stored
from stage.play.line import Kind
from stage.play.token import inside


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("line", metavar="LINE", help="the id of a line, see stage tree")


async def _run(args: argparse.Namespace, out: Output) -> int:
    async with reading(args.library, out.note) as library:
        found = await library.line(args.line)
        detail = found.to_json()
        if found.line.parent is not None:
            above = (await library.line(found.line.parent)).line
            detail["parent"] = None if above.kind is Kind.SCENE else above.id
        names = await names_of(library, found.line.play)
    if look := stored(found):  # as `stage export --format tokens` tells it
        own = set(inside(look.parts(), look.cut_at))
        for at, token in enumerate(detail["tokens"]):
            token["in_line"] = at in own
    detail["speaker"] = names.label_of(found.line)
    if found.line.heard_by is not None:
        detail["heard_by"] = [names.who(each) for each in found.line.heard_by]
    brief = {key: value for key, value in detail.items() if key not in ("tokens", "prompt")}
    words = [json.dumps(brief, indent=2, ensure_ascii=False)]
    if prompt := detail.get("prompt"):
        words.append(f"Prompt, {len(prompt['tokens'])} tokens, as sent:\n{prompt['text']}")
        words += ["\n".join(_told(prompt))] if _told(prompt) else []
    if tokens := detail.get("tokens"):
        words.append("Tokens, with their logprob in nats; - those that are not of the line:")
        words += [_token(token) for token in tokens]
    out.row(detail, clean("\n\n".join(words[:2]) + "\n\n" + "\n".join(words[2:])))
    return 0


def _told(prompt: dict[str, Any]) -> list[str]:
    """What went into the prompt by itself, and what was left out of it."""
    rows = []
    for segment in prompt["segments"]:
        if "lore" in segment:
            rows.append(f"lore: {segment['lore']}, for {segment['key']}")
        for each in segment.get("macros", ()):
            rows.append(f"macro: {each['macro']} is {each['value']!r}")
    for each in prompt["dropped"]:
        named, size = f"{each['what']} {each['line'] or ''}".rstrip(), f"{each['tokens']} tokens"
        if "to" in each:
            named, size = f"{named} to {each['to']}", f"{each['lines']} lines, {size}"
        rows.append(f"left out: {named} ({size}), {each['rule']}")
    rows += [f"repaired: {each}" for each in prompt["repairs"]]
    return [*rows, *(f"note: {each}" for each in prompt["warnings"])]


def _token(token: dict[str, object]) -> str:
    logprob = token["logprob"]
    number = f"{logprob:9.4f}" if isinstance(logprob, float) else "  unknown"
    mark = " " if token.get("in_line", True) else "-"
    return f"{mark}{token['id']:>7} {number}  {token['text']!r}"


ENTRY = Command("line", "print everything stored about one line", _arguments, _run)

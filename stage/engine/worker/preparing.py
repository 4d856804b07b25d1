"""From a prompt to exact text and tokens, in the worker.

What the user and the scene wrote is tokenised with special tokens off, so that no text can
forge a turn or end the prompt; only the template's own parts may hold control tokens.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stage.engine.worker.runner import Runner

FORGED = "text that looks like a control token of the model was kept as plain text"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the exact prompt: its text, whether it may hold control tokens, its source.

    Attributes:
        note: what else is known of where it came from.
    """

    text: str
    special: bool = False
    kind: str = ""
    line: str | None = None
    note: Mapping[str, Any] | None = None


def prompt_to_json(prompt: Any) -> dict[str, Any]:
    """Write a play.prompting Prompt for the wire."""
    return {
        "form": prompt.form,
        "prefill": prompt.prefill,
        "date": prompt.date,
        "segments": [
            [
                each.part,
                each.text,
                each.role,
                each.line,
                dict(each.piece.note if each.piece else {}),
            ]
            for each in prompt.segments
        ],
    }


def prepare(runner: Runner, prompt: dict[str, Any]) -> dict[str, Any]:
    """Prepare a prompt as prompt_to_json wrote it. Raises KnownError with what is wrong.

    Returns:
        The fields of orders.Prepared.
    """
    if prompt["form"] == "chat":
        from stage.engine.worker.chat import (
            render,  # Jinja2 is slow to import and base play needs none
        )

        rendered = render(runner.facts, prompt)
        return assemble(runner, rendered.parts, rendered.report())
    parts = [
        Part(clean(text), kind=kind, line=line, note=note)
        for kind, text, _, line, note in prompt["segments"]
    ]
    if prompt["prefill"]:
        parts.append(Part(clean(prompt["prefill"]), kind="prefill"))
    return assemble(runner, parts, {})


def clean(text: str) -> str:
    """Replace what UTF-8 cannot hold (lone surrogates)."""
    return text.encode("utf-8", "replace").decode("utf-8")


def assemble(runner: Runner, parts: Sequence[Part], report: dict[str, Any]) -> dict[str, Any]:
    """Tokenise neighbours of one sort together and put BOS before them where it is wanted."""
    tokens, forged = _tokenise(runner, parts)
    bos, text = runner.facts.bos, "".join(part.text for part in parts)
    start = 0
    if bos is not None:
        mark = clean(runner.written(bos).decode("utf-8", "replace"))
        if tokens[:1] != [bos]:  # a template may have written it already
            tokens.insert(0, bos)
            text, start = mark + text, len(mark)
    return {
        "text": text,
        "tokens": tokens,
        "segments": _segments(parts, start),
        "repairs": report.get("repairs", []),
        "template_hash": report.get("template_hash"),
        "warnings": [*report.get("warnings", []), *([FORGED] if forged else [])],
    }


def _tokenise(runner: Runner, parts: Sequence[Part]) -> tuple[list[int], bool]:
    """Tokenise parts, and tell whether a text looked like a control token.

    Mostly no text does: then the whole is tokenised at once, as the model was trained to
    read it. Otherwise texts and template are tokenised apart.
    """
    if not any(part.special for part in parts):
        return runner.tokenise("".join(part.text for part in parts), special=False), False
    whole = "".join(part.text for part in parts)
    honest = all(
        whole.count(mark) == sum(part.text.count(mark) for part in parts if part.special)
        for mark in runner.controls
        if mark in whole
    )
    if honest:
        return runner.tokenise(whole, special=True), False
    tokens: list[int] = []
    for text, special in _runs(parts):
        tokens += runner.tokenise(text, special=special)
    return tokens, True


def _runs(parts: Sequence[Part]) -> list[tuple[str, bool]]:
    runs: list[tuple[str, bool]] = []
    for part in parts:
        if runs and runs[-1][1] == part.special:
            runs[-1] = (runs[-1][0] + part.text, part.special)
        elif part.text:
            runs.append((part.text, part.special))
    return runs


def _segments(parts: Sequence[Part], start: int) -> list[dict[str, Any]]:
    segments = []
    for part in parts:
        end = start + len(part.text)
        known = {"kind": part.kind, "line": part.line, "start": start, "end": end}
        segments.append({**(part.note or {}), **known})
        start = end
    return segments

"""A table for spreadsheets and statistics: a row a line, its tokens counted and summed up.

The columns are those of the form `tokens` that are one value, and FIGURES. What is unknown is an
empty cell; lists and samplers are JSON. Written only.

A text that a spreadsheet would take for a formula (OWASP, "CSV Injection") stands behind an
apostrophe, and so does one that begins with an apostrophe itself: taking one away from every text
that begins with one gives back what was said. Numbers are not texts, and stay as they are.
"""

import csv
import io
import json
import math
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from stage.formats import tokens
from stage.formats.format import Format, Source

COLUMNS = (
    "play", "id", "parent", "made", "speaker", "member", "persona_version",
    "card_changed", "kind", "status", "stop", "error", "hidden", "model", "model_title",
    "model_identity", "model_quantisation", "take", "seed", "mode", "frame", "prompt_hash",
    "prompt_tokens", "sampler", "started", "ended", "rating", "tags", "note", "repeats", "text",
)  # fmt: skip
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "'")
FIGURES: Mapping[str, str] = {
    "run": "id of the run, or single turn, that it was asked for in",
    "given": "how many tokens of another take it was begun with",
    "generated": "how many tokens the model made itself",
    "tokens": "of both those of the line itself",
    "scored": "of those the ones whose log-probability is known: not one that was put there",
    "nats": "minus the sum of the log-probabilities of these (natural, temperature 1)",
    "nats_per_token": "that, divided by scored, as the measure `nats` has it",
    "seconds_to_first_token": "from the beginning of the take",
    "seconds": "from its beginning to its end",
}


def write(source: Source) -> Iterator[str]:
    """Yield the titles, then a row a line, parents before children, read a page at a time."""
    yield _row([*COLUMNS, *FIGURES])
    root, hidden = source.tree.root, source.tree.deleted()
    lines = tokens.chosen(source)
    while page := list(islice(lines, tokens.PAGE)):
        accounts = {each["id"]: each for each in source.accounts([line.id for line in page])}
        for line in page:
            above, known = root.id if root else None, accounts.get(line.id, {})
            told = tokens.row(line, source, known, above, line.id in hidden)
            yield _row([*(_cell(told[name]) for name in COLUMNS), *_figures(told)])


def _figures(told: Mapping[str, Any]) -> list[Any]:
    if told["model"] is None:
        return [""] * len(FIGURES)
    own = [each["logprob"] for each in told["tokens"] if each["in_line"]]
    known = [each for each in own if each is not None]
    nats = -math.fsum(known) if known else None
    timings, batch = told["timings"] or {}, told["batch"] or {}
    given = batch.get("begun", {}).get("tokens", 0)
    made = [
        batch.get("turn"), given, len(told["tokens"]) - given, len(own), len(known), nats,
        None if nats is None else nats / len(known),
        timings.get("first_token"), timings.get("total"),
    ]  # fmt: skip
    return [_cell(each) for each in made]


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULAS) else value
    return json.dumps(value) if isinstance(value, list | dict | bool) else value


def _row(cells: list[Any]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(cells)  # with it, either is quoted in a cell
    return out.getvalue().removesuffix("\r\n") + "\n"


ENTRY = Format(
    "csv", "Table of lines (CSV)", ".csv", lambda head: 0.0, write, whole=True, detailed=True,
    chosen=tokens.chosen,
    keeps=frozenset({"model", "take", "sampling", "kind", "status", "note", "tag", "rating"}),
)  # fmt: skip

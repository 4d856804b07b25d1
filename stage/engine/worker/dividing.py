"""A text after its context, as tokens: which of them are the text's, and which bytes each is.

The whole is tokenised once, as a model would read it, and the text's tokens are found by byte
offset. In the worker, beside `preparing`.
"""

from array import array
from collections.abc import Sequence
from typing import Any

from stage.engine.worker.preparing import prepare
from stage.engine.worker.radix import common
from stage.engine.worker.runner import Runner

SKIPPED = 64  # bytes that a tokenizer may have left out before a token, at most


def divide(runner: Runner, pairs: Sequence[Sequence[str]], form: str, date: str) -> dict[str, Any]:
    """Divide each pair of context and text. Raises KnownError with what is wrong.

    Returns:
        {shared: the tokens all pairs begin with, items: [{tokens: the others, first: index of
        the text's first token, starts, ends: byte offsets in the text, inside: whether the
        text begins inside a token, exact: whether every byte was found, warnings, repairs,
        template_hash}]}.
    """
    items = [_one(runner, context, text, form, date) for context, text in pairs]
    wholes = [array("i", item["tokens"]) for item in items]
    length = min((common(wholes[0], each) for each in wholes[1:]), default=len(wholes[0]))
    for item in items:
        item["tokens"] = item["tokens"][length:]
    return {"shared": wholes[0][:length].tolist(), "items": items}


def _one(runner: Runner, context: str, text: str, form: str, date: str) -> dict[str, Any]:
    prompt: dict[str, Any] = {
        "form": form,
        "prefill": text,
        "date": date,
        "segments": [["context", context, "user", None, {}]] if context else [],
    }
    prepared = prepare(runner, prompt)
    tokens, start = prepared["tokens"], prepared["segments"][-1]["start"]
    whole = prepared["text"].encode()
    begin = len(prepared["text"][:start].encode())
    starts, ends, exact = align([runner.pieces[t] or runner.written(t) for t in tokens], whole)
    own = (at for at in range(len(tokens)) if ends[at] > begin or starts[at] >= begin)
    first = next(own, len(tokens))
    return {
        "tokens": tokens,
        "first": first,
        "starts": [max(each - begin, 0) for each in starts[first:]],
        "ends": [each - begin for each in ends[first:]],
        "inside": first < len(tokens) and starts[first] < begin,
        "exact": exact,
        **{key: prepared[key] for key in ("warnings", "repairs", "template_hash")},
    }


def align(pieces: Sequence[bytes], whole: bytes) -> tuple[list[int], list[int], bool]:
    """Find where in a text each piece begins and ends.

    A space that the tokenizer put before a word has no bytes of its own. What it left out or
    changed belongs to the token after it.

    Returns:
        The starts, the ends, and whether nothing was left out or changed.
    """
    starts: list[int] = []
    ends: list[int] = []
    at, exact = 0, True
    for piece in pieces:
        starts.append(at)
        if whole.startswith(piece, at):
            at += len(piece)
        elif piece.startswith(b" ") and whole.startswith(piece[1:], at):
            at += len(piece) - 1
        else:
            exact = False
            found = whole.find(piece, at, at + len(piece) + SKIPPED)
            at = found + len(piece) if found >= 0 else at
        ends.append(at)
    return starts, ends, exact and at == len(whole)

"""JSON lines for analysis: an object a line of the play with all that is stored, token by token.

Every object is whole by itself and all of them have the same keys (FIELDS), so files of several
plays may follow one another, and tables read them as they are: `pandas.read_json(f, lines=True)`,
and a row a token by `pandas.json_normalize(rows, "tokens", "id", meta_prefix="line_")`.
Logs are natural, of temperature 1 over the whole vocabulary, before any sampler. Written only.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import islice

from stage.formats import jsonl
from stage.formats.format import Format, Record, Source
from stage.play.line import Kind, Line

VERSION = 4  # 2: repeats; 3: scores; 4: card_changed
PAGE = 50  # lines asked for at once, so that a long play is never held whole
FIELDS: Mapping[str, str] = {
    "format": "always stage-tokens",
    "version": "of these fields",
    "play": "id of the play",
    "play_title": "its title",
    "id": "of the line",
    "parent": "id of the line it stands under; null right under the scene",
    "hash": "covers the line and everything before it",
    "made": "when it was stored, or as an imported file dates it, seconds since 1970",
    "speaker": "as the cast calls whoever said it",
    "member": "id of that member of the cast",
    "persona_version": "hash of the card that spoke",
    "card_changed": "whether its speaker has another card there by now; null: typed, or unknown",
    "kind": "speech, thought, aside, whisper, direction, narration, ooc, enter or exit",
    "audience": "labels of those it was meant for; null: nobody in particular",
    "heard_by": "labels of those who heard it; null: everybody",
    "status": "complete, interrupted or purged",
    "stop": "why a model's line ended; null when typed",
    "error": "in words, of a line that failed",
    "hidden": "whether it, or a line it stands under, was deleted",
    "moved": "whether it stands under another line than the one it was said after",
    "origin": "of a line made of others: which, and how",
    "repeats": "id of the line whose take it is once more, token for token, as in a replay; null: "
    "its own. Statistics count a take once",
    "text": "as shown, and as other prompts have it",
    "raw_text": "all that the model said; the tokens spell it",
    "cut_at": "code point of raw_text where the line ends; null: nowhere before its end",
    "cut": "the rule by which the end was found",
    "tags": "names",
    "note": "what somebody wrote beside it",
    "rating": "1 to 5; null: not rated",
    "labels": "everything it was marked with, as stored",
    "model": "what the scene calls the model; null when typed, and so is all below",
    "model_title": "how it is called by its file",
    "model_identity": "hash of the file's size, first and last MiB",
    "model_sha256": "of the whole file, where it is known",
    "model_quantisation": "such as Q8_0",
    "vocabulary": "hash of the vocabulary that ids belong to",
    "take": "number among the takes of this model there, from 1",
    "frame": "the form of the prompt",
    "prompt_hash": "equal where prompts are",
    "prompt_tokens": "how many tokens the prompt has, BOS included",
    "prompt": "only with --prompts: {text, tokens, segments, dropped, repairs, ...}",
    "sampler": "{chain, max_tokens}, in order",
    "seed": "of the take",
    "mode": "batched, or strict for takes that rerun can repeat",
    "batch": "the shape it was computed in",
    "engine": "back end, version, build, processor",
    "decision": "why this member spoke, where a rule chose",
    "started": "seconds since 1970",
    "ended": "seconds since 1970",
    "timings": "seconds {prompt, first_token, total} and counts of tokens",
    "pace": "when its tokens came",
    "tokens": "of raw_text: {i, id, text, b64 (bytes that are no UTF-8), byte_start, byte_end, "
    "in_line (false past cut_at and for what ends a turn), logprob, top: [{id, text, logprob}]}",
    "scores": "what models that were asked about the line made of it, each time, the newest first: "
    "{id, model_title, model_identity, model_sha256, model_quantisation, vocabulary, condition "
    "(own frame, or same prefix), current (whether the model would be asked the same there now; "
    "null: unknown), context (equal where it was asked the same), prompt_hash, prompt_tokens, room "
    "(size of the context, where something had no room), engine, made, nats (minus the sum over "
    "the line), scored (over how many tokens), before (log-probability of what the first token "
    "holds of the prompt), tokens: [{id, text, logprob, entropy, rank, top, in_line}]}",
}


def row(line: Line, source: Source, known: Record, root: str | None, hidden: bool) -> Record:
    """One line of the file; keys as in FIELDS.

    Args:
        known: the line's account, see Source.accounts; empty where nothing is stored of it.
    """
    model, prompt, meant = (
        known.get("model") or {},
        known.get("prompt") or {},
        known.get("audience"),
    )
    made = {
        **known, **jsonl.row(line, source, root, hidden),
        "format": "stage-tokens", "version": VERSION,
        "play": source.play, "play_title": source.scene.title,
        "member": line.speaker, "persona_version": line.persona_version,
        "audience": None if meant is None else source.called(line, meant),
        "stop": line.reason and str(line.reason),
        "moved": line.moved, "tags": list(line.tags), "note": line.note, "rating": line.rating,
        "labels": dict(line.labels), "take": line.take if line.model else None,
        "model_title": source.model_of(line),
        "model_identity": model.get("identity"), "model_sha256": model.get("sha256"),
        "model_quantisation": model.get("quantisation"), "vocabulary": model.get("vocabulary"),
        "prompt_hash": prompt.get("hash"), "prompt_tokens": prompt.get("count"),
        "prompt": prompt if "text" in prompt else None, "tokens": known.get("tokens", []),
        "scores": known.get("scores", []),
    }  # fmt: skip
    return {name: made.get(name) for name in FIELDS}


def chosen(source: Source) -> Iterator[Line]:
    """What is written: as for JSON lines, or of it only what was asked for."""
    only = source.only
    lines = (line for line in jsonl.chosen(source) if line.kind is not Kind.SCENE)
    return (line for line in lines if only is None or line.id in only)


def write(source: Source) -> Iterator[str]:
    """Yield one ASCII JSON object a line, parents before children, read a page at a time."""
    root, hidden = source.tree.root, source.tree.deleted()
    lines = chosen(source)
    while page := list(islice(lines, PAGE)):
        accounts = {each["id"]: each for each in source.accounts([line.id for line in page])}
        for line in page:
            above, known = root.id if root else None, accounts.get(line.id, {})
            told = row(line, source, known, above, line.id in hidden)
            yield json.dumps(told, ensure_ascii=True, allow_nan=False) + "\n"


ENTRY = Format(
    "tokens", "JSON lines, with tokens", ".tokens.jsonl", lambda head: 0.0, write, whole=True,
    detailed=True, chosen=chosen,
    keeps=frozenset({
        "tokens", "scores", "sampling", "takes", "model", "take", "kind", "audience", "status",
        "moved", "note", "tag", "rating", "bookmark", "chapter", "canonical", "read", "collapse",
        "archive", "hoist",
    }),
)  # fmt: skip

"""stage score: what every token of a text is worth to a model."""

import argparse
import asyncio
import datetime
from pathlib import Path

from stage.app.command import Command, Output, clean
from stage.engine.orders import LoadSettings
from stage.engine.pool import Pool
from stage.engine.scores import Form, Score, ScoredToken
from stage.engine.shelf.card import describe
from stage.kit.errors import BadInput
from stage.measures.average import FEWEST, Average, average

FORMS: dict[str, Form] = {"none": "text", "own": "chat"}
CELLS = 8192  # tokens of context unless the text may need more
SHORTEST = 2  # bytes a token has at least, on average


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--model", type=Path, required=True, metavar="FILE", help="a model file (GGUF)"
    )
    parser.add_argument(
        "--text", type=Path, required=True, metavar="FILE", help="what is scored, in UTF-8"
    )
    parser.add_argument("--context", type=Path, metavar="FILE", help="what stands before it")
    parser.add_argument(
        "--template",
        choices=list(FORMS),
        default="none",
        help="own: through the model's chat template, the context as the user's turn and the "
        "text as the answer (default: none)",
    )


async def _run(args: argparse.Namespace, out: Output) -> int:
    text = _read(args.text)
    context = _read(args.context) if args.context is not None else ""
    card = await asyncio.to_thread(describe, args.model)
    long = len((context + text).encode()) // SHORTEST + 512
    wanted = min(long, card.context_length or CELLS)
    settings = LoadSettings(context=wanted if wanted > CELLS else None)
    pool = Pool()
    pool.changed.connect(lambda _, state: out.progress(state.sentence))
    try:
        model = await pool.load(args.model, settings)
        score = await model.score(
            text,
            context,
            form=FORMS[args.template],
            date=datetime.date.today().isoformat(),
            progress=lambda done, total: out.progress(f"{done} of {total} tokens scored"),
        )
        row = {
            "model": str(args.model),
            "model_identity": model.card.identity,
            "template": args.template,
            **score.to_json(model.vocabulary),
        }
    finally:
        await pool.close()
    mean = average([-each.logprob for each in score.tokens if each.logprob is not None])
    row["nats_per_token"] = mean and mean.to_json()
    for words in (*score.warnings, *score.repairs):
        out.note(f"Note: {words}.")
    out.row(row, clean(_words(score, mean)))
    return 0


def _read(path: Path) -> str:
    try:
        text = path.read_bytes().decode()
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}); check the name.") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not UTF-8 (byte {error.start}); convert it first.") from error
    if not text:
        raise BadInput(f"{path} is empty; write some text into it.")
    return text


def _words(score: Score, mean: Average | None) -> str:
    lines = ["  logprob  entropy    rank  token", *(_token(each) for each in score.tokens), ""]
    lines.append(f"sum {score.sum:.4f} nats over {score.scored} tokens, {score.bytes} bytes")
    if mean is not None and score.bits_per_byte is not None:
        per = f"{mean.value:.4f}"
        if mean.low is not None:
            per += f" [{mean.low:.4f}, {mean.high:.4f}]"
        lines.append(f"{per} nats per token, {score.bits_per_byte:.4f} bits per byte")
        if mean.low is None:
            lines.append(f"No interval is given of fewer than {FEWEST} tokens.")
    if score.inside:
        lines.append("The text begins inside its first token, which holds some of the context.")
    return "\n".join(lines)


def _token(token: ScoredToken) -> str:
    text = repr(token.piece.decode("utf-8", "replace"))
    if token.logprob is None or token.entropy is None:
        return f"{'-':>9}{'-':>9}{'-':>8}  {text}"
    return f"{token.logprob:9.4f}{token.entropy:9.4f}{token.rank:8}  {text}"


ENTRY = Command("score", "score every token of a text under a model", _arguments, _run)

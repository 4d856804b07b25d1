"""stage runs: takes that were asked for together, the last first, and what came of them."""

import argparse

from stage.app.command import Command, Output, clean
from stage.app.house import existing, open_house
from stage.director.opened import OpenPlay
from stage.director.runs.log import Run, happened, to_json
from stage.director.weighing.figures import value
from stage.kit import clock
from stage.measures.length import ENTRY as LENGTH
from stage.play.sampling import brief

MOST = 100_000


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("play", metavar="PLAY", help="the id of a play, see stage plays")
    parser.add_argument("--last", type=int, metavar="N", help="only the last N runs")
    parser.add_argument(
        "--all", action="store_true", help="lines that were asked for alone, too: runs of one take"
    )


async def _run(args: argparse.Namespace, out: Output) -> int:
    async with open_house(existing(args.library), mode="read") as house:
        play = await house.director.open(args.play)
        left, before = MOST if args.last is None else max(0, args.last), None
        seen: set[str] = set()
        while left > len(seen):
            found, before = await happened(
                house.library, play.id, before, fewest=1 if args.all else 2
            )
            for run in (each for each in found if each.id not in seen):
                if len(seen) < left:
                    seen.add(run.id)
                    await house.director.reach(play, run.line)
                    out.row(to_json(run, play), clean(_words(run, play)))
            if before is None:
                break
    return 0


def _drawn(run: Run, play: OpenPlay) -> str:
    """How tokens were chosen; where takes differ in it, by which models."""
    found: dict[str, dict[str, None]] = {}
    for each in run.takes:
        found.setdefault(brief(each.sampler), {})[play.title_of(each.model)] = None
    if len(found) == 1:
        return next(iter(found))
    return "; ".join(f"{', '.join(models)}: {how}" for how, models in found.items())


def _words(run: Run, play: OpenPlay) -> str:
    """Some rows about a run, and one for each thing that failed."""
    cast = play.scene.cast
    who = ", ".join(cast.label(each) or each for each in run.asked.members)
    models = ", ".join(play.title_of(each) for each in run.asked.models)
    when = clock.iso(run.begun) if run.begun is not None else "never begun"
    asked = f"{run.asked.total} takes of {who} on {models}"
    counts = (("done", run.done), ("stopped", run.stopped), ("failed", run.failed),
              ("never begun", run.lacking), ("deleted since", run.deleted))  # fmt: skip
    parts = [f"{many} {name}" for name, many in counts if many]
    parts.append(f"{run.tokens} tokens generated")
    if run.speed is not None:
        parts.append(f"{run.speed:.1f} tokens/s")
    lengths = run.lengths()
    if lengths is not None:
        parts.append(f"{value(lengths, LENGTH)} of them a take (n={lengths.n})")
    line = play.tree.at_hand(run.line)
    after = "at the beginning" if run.line == play.start else f"after {run.line}"
    said = " ".join(line.text.split())[:60] if line is not None else ""
    rows = [f"{run.id}  {when}  {run.state}: {asked}", f"    {', '.join(parts)}",
            f"    {after}{': ' if said else ''}{said}"]  # fmt: skip
    if run.takes:
        rows.append(f"    sampler: {_drawn(run, play)}; seed "
                    f"{'of the play' if run.asked.seed is None else run.asked.seed}")  # fmt: skip
    for each in run.failures:
        rows.append(f"    {each.model} for {cast.label(each.speaker)}: {each.said}")
    return "\n".join(rows)


ENTRY = Command("runs", "tell takes that were asked for together", _arguments, _run)

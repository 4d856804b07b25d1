"""Run benches: rows alone on standard output, exit 0 once everything was measured."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from stage.kit import paths
from tests.bench import (
    fan_out,
    footprint,
    going_back,
    mapping,
    outline,
    scoring,
    sharing,
    stopping,
    store,
    takes,
    whole_path,
    window,
)
from tests.bench.quiet import is_quiet
from tests.bench.row import Bench

BENCHES: list[Bench] = [
    takes.BENCH,
    whole_path.BENCH,
    fan_out.FAN_OUT,
    fan_out.SPEED_UP,
    going_back.RETURN,
    going_back.SWITCH,
    stopping.BENCH,
    sharing.TWO_MODELS,
    sharing.BUSY_CORE,
    scoring.BENCH,
    footprint.BENCH,
    store.APPEND,
    store.GROWTH,
    store.OPEN,
    store.PATH,
    store.UNDO,
    store.SEARCH,
    outline.INSERT,
    window.LATENESS,
    window.FIRST_PAINT,
    mapping.BENCH,
]


def main() -> int:
    names = [bench.name for bench in BENCHES]
    parser = argparse.ArgumentParser("python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names))
    parser.add_argument("--json", action="store_true", help="one JSON object a row")
    parser.add_argument("--model", type=Path, help="measure with this GGUF file")
    args = parser.parse_args()
    if unknown := [name for name in args.names if name not in names]:
        parser.error(f"{unknown[0]} is no bench; choose from {', '.join(names)}")
    model = args.model or paths.resources() / "models" / "stage-base.gguf"
    for bench in BENCHES:
        if not args.names or bench.name in args.names:
            sys.stderr.write(f"{bench.name}: {bench.title} ...\n")
            before = is_quiet()
            with tempfile.TemporaryDirectory() as folder:
                row = bench.measure(model, Path(folder))
            shown = row.to_json(quiet=before and is_quiet())
            print(json.dumps(shown) if args.json else words(shown), flush=True)
    return 0


def words(row: dict[str, object]) -> str:
    verdict = "holds" if row["holds"] else "MISSES"
    quiet = "quiet machine" if row["quiet"] else "machine was not quiet"
    number = f"{row['value']:>8} {row['unit']} (reach {row['reach']})"
    return f"{row['name']:<16} {number} {verdict}, {quiet}"


if __name__ == "__main__":
    sys.exit(main())

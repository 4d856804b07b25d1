"""The map of a large play: how long a frame of the whole takes, and laying it out.

Measured in a process of its own, in processor time: other work on the machine does not count.
"""

import json
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from stage.play.spot import Spot
from tests.bench.apart import apart
from tests.bench.row import Bench, Row

LINES, MANY = 10_000, 100_000
FRAMES = 15
WIDE, HIGH = 1000, 700


def frame(model: Path, folder: Path) -> Row:
    """A frame of a play of 10,000 lines, the whole of it in sight."""
    found = apart("tests.bench.mapping", folder)
    return Row(
        "map",
        found.pop("frame_ms"),
        f"ms of a frame of all {LINES:,} lines",
        19.0,  # what one painted item was measured at when the window was designed
        higher=False,
        details=found,
    )


def spots(count: int, seed: int = 1) -> list[Spot]:
    """A play that branches everywhere: each line stands under one of the 400 before it."""
    dice, made = random.Random(seed), [Spot("000000", None, 1)]
    for at in range(1, count):
        above = max(0, at - 1 - dice.randrange(400))
        who = dice.choice(("ada", "bo", "cy"))
        made.append(Spot(f"{at:06d}", f"{above:06d}", at + 1, speaker=who, length=80))
    return made


def main() -> None:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QApplication

    from stage.ui.map.canvas import Canvas
    from stage.ui.map.layout import lay_out
    from stage.ui.map.shades import MODES, Shades

    QApplication([])
    people = {"ada": (0, "Ada"), "bo": (1, "Bo"), "cy": (2, "Cy")}
    canvas = Canvas()
    canvas.resize(WIDE, HIGH)
    canvas.show_layout(lay_out(spots(LINES)), Shades(MODES[0], people))
    target = QPixmap(WIDE, HIGH)
    canvas.render(target)
    while canvas.picture.cells is None:
        QApplication.processEvents()
    whole = _spent(lambda: canvas.render(target), FRAMES)
    cells = canvas.looked
    canvas.natural()
    near = _spent(lambda: canvas.render(target), FRAMES)
    many = spots(MANY)
    layout = _spent(lambda: lay_out(many), 3)
    print(json.dumps({
        "frame_ms": round(whole, 2), "cells": cells, "near_frame_ms": round(near, 2),
        f"layout_{MANY}_ms": round(layout, 1),
    }))  # fmt: skip


def _spent(work: Callable[[], Any], times: int) -> float:
    """The median of processor time, in milliseconds."""
    found = []
    for _ in range(times):
        began = time.process_time()
        work()
        found.append(1000 * (time.process_time() - began))
    return statistics.median(found)


BENCH = Bench("map", "a frame of the whole map of a large play", frame)

if __name__ == "__main__":
    main()

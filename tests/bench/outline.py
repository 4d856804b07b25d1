"""The outline under load: lines that come into 100,000 rows, with and without being painted.

The row is measured in a process of its own, in a real house on a library of that size.
"""

import asyncio
import json
import random
import statistics
import time
from pathlib import Path
from typing import Any

from stage.kit import paths
from tests.bench.apart import apart
from tests.bench.row import Bench, Row

LINES = 100_000
INSERTS = 200
WIDE, HIGH = 1280, 800


def insert(model: Path, folder: Path) -> Row:
    """The median of lines that come one by one: processor time of the window's thread for rows."""
    found = apart("tests.bench.outline", folder)
    return Row(
        "outline-insert", found.pop("p50"), "ms a line into 100,000 rows", 5.0, higher=False,
        details=found,
    )  # fmt: skip


async def _plant(file: Path) -> list[str]:
    from stage.store.library import Library
    from tests.bench.large import large

    library = await Library.open(file)
    _, ids = await large(library, LINES)
    await library.close()
    return ids


async def _measure(ids: list[str]) -> dict[str, Any]:
    from stage.app.house import open_house
    from stage.kit.settings import Settings
    from stage.ui.desk.desk import set_desk
    from stage.ui.desk.saved import Saved
    from stage.ui.pacing.probe import Probe
    from stage.ui.window.window import Window

    async with open_house(paths.library()) as house:
        plays = await house.director.plays()
        desk = set_desk(house.director, Saved(None), Settings(warm_models=False), _keep)
        window = Window(desk)
        window.resize(WIDE, HIGH)
        window.show()
        desk.survey.want()
        await asyncio.sleep(1)
        probe, began = Probe(), time.monotonic()
        desk.session.show(await house.director.open(plays[0].id))
        while desk.survey.loading or desk.survey.rows.outline.stale:
            await asyncio.sleep(0.05)
        opening, late = time.monotonic() - began, probe.lateness()
        desk.survey.look(chains=False)  # every line its own row
        while desk.survey.rows.outline.stale:
            await asyncio.sleep(0.05)
        told = _inserts(window, desk, ids)
        probe.stop()
        window.hide()
    window.deleteLater()
    return {
        **told,
        "rows": desk.survey.rows.rowCount(),
        "opening_s": round(opening, 2),
        "opening_late_p99_ms": round(late.p99, 1),
        "opening_late_most_ms": round(late.most, 1),
        "opening_own_p99_ms": round(late.own, 1),
    }


def _inserts(window: Any, desk: Any, ids: list[str]) -> dict[str, float]:
    """Tell of new lines under lines anywhere; each is in its row and painted before the next."""
    from stage.kit.ids import new_id
    from stage.play.outline import Stem

    dice, outline = random.Random(7), desk.survey.rows.outline
    view = window.left.panels["outline"].rows
    rows, whole = list[float](), list[float]()
    for number in range(INSERTS):
        stem = Stem(new_id(), dice.choice(ids), 10**9 + number, speaker="ada")
        began = time.thread_time()
        outline.put(stem)
        rows.append(time.thread_time() - began)
        at = outline.index(stem.id)
        if number % 2:
            view.mark(at)  # in sight: it is painted too
        view.viewport().repaint()
        whole.append(time.thread_time() - began)
    ordered, painted = sorted(rows), sorted(whole)
    return {
        "p50": round(1000 * statistics.median(ordered), 3),
        "p99_ms": round(1000 * ordered[-2], 3),
        "most_ms": round(1000 * ordered[-1], 3),
        "with_paint_p50_ms": round(1000 * statistics.median(painted), 3),
        "with_paint_most_ms": round(1000 * painted[-1], 3),
    }


def _keep() -> None:
    """Preferences of a bench are not kept."""


def main() -> None:
    from stage.app.main import application
    from stage.kit.settings import Settings

    app = application(Settings())
    import qasync

    paths.library().parent.mkdir(parents=True, exist_ok=True)
    ids = asyncio.run(_plant(paths.library()))
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    found = loop.run_until_complete(_measure(ids))
    loop.close()
    print(json.dumps(found))


INSERT = Bench("outline-insert", "a line comes into an outline of 100,000 rows", insert)

if __name__ == "__main__":
    main()

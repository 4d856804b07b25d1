"""The window under load: how late its loop is, and how soon it is painted after a cold start.

Each row is measured in a process of its own, which ends as the program does.
"""

import asyncio
import compileall
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

import stage
from stage.kit import paths
from tests.bench.apart import apart
from tests.bench.row import Bench, Row

SECONDS = 8.0  # of each phase
LINES = 100_000  # of a large play
TOKENS = 5_000  # of a long line
FIRSTS, STARTS = 5, 3  # cold ones, and later ones
WIDE, HIGH = 1280, 800

PAINTED = """
import sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from stage.app import main
from stage.ui.window.curtain import Curtain
from stage.ui.window.rail import Rail
class Watch(QObject):
    def eventFilter(self, thing, event):
        if event.type() == QEvent.Type.Paint:
            sys.stdout.write(f"{time.time()} {time.process_time()}\\n")
            sys.stdout.flush()
            thing.removeEventFilter(self)
            if thing is not self.frame:
                QTimer.singleShot(0, self.window.close)
        return False
watch, made, rise = Watch(), Curtain.__init__, Curtain.rise
def make(self, saved):
    made(self, saved)
    watch.frame = self.findChild(Rail)
    watch.frame.installEventFilter(watch)
def lift(self, window):
    watch.window = window
    window.centre.lanes[0].text.viewport().installEventFilter(watch)
    rise(self, window)
Curtain.__init__, Curtain.rise = make, lift
sys.exit(main.main([]))
"""


def first_paint(model: Path, folder: Path) -> Row:
    """From the start of the process to the first paint of the play: first evening, then later ones.

    The middle one of several first evenings, each in a folder that is empty. Stage is compiled
    before, as `make setup` leaves it; `frame_s` is when there is a window at all, whose parts do
    nothing yet.
    """
    compileall.compile_dir(Path(stage.__file__).parent, quiet=1)
    firsts = [_start(Path(tempfile.mkdtemp(dir=folder))) for _ in range(FIRSTS)]
    home = Path(tempfile.mkdtemp(dir=folder))
    _, *later = [_start(home) for _ in range(1 + STARTS)]
    first = sorted(firsts, key=attrgetter("painted"))[FIRSTS // 2]
    return Row(
        "first-paint",
        first.painted,
        "s from the start of the process to the first play",
        1.5,
        higher=False,
        details={
            "frame_s": first.frame,
            "own_work_s": first.own,
            "first_starts": [each.painted for each in firsts],
            "later_starts": [each.painted for each in later],
            "later_frames_s": [each.frame for each in later],
            "later_own_work_s": [each.own for each in later],
        },
    )


class Start(NamedTuple):
    """Seconds from the start of a process.

    Attributes:
        frame: to the first paint of the frame.
        painted: to the first paint of a play.
        own: what the processor worked for it by then.
    """

    frame: float
    painted: float
    own: float


def _start(home: Path) -> Start:
    environment = {**os.environ, "STAGE_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    began = time.time()
    done = subprocess.run(
        [sys.executable, "-c", PAINTED], env=environment, capture_output=True, text=True, check=True
    )
    frame, _, painted, own = map(float, done.stdout.split()[:4])
    return Start(*(round(each, 3) for each in (frame - began, painted - began, own)))


def lateness(model: Path, folder: Path) -> Row:
    """99 of 100 beats of the loop while two models stream, and what else goes on beside that.

    What is done without streaming stands in the details: there most counts, not the 99th.
    """
    phases = apart("tests.bench.window", folder, str(model))
    streaming = [each for name, each in phases.items() if name.startswith("streaming")]
    return Row(
        "lateness",
        max(each["p99"] for each in streaming),
        "ms late, 99 of 100 beats",
        16.0,
        higher=False,
        details={"most_ms": max(each["most"] for each in streaming), **phases},
    )


async def _evening(model: Path) -> dict[str, Any]:
    from stage.app.house import open_house
    from stage.kit.settings import Settings
    from stage.ui.desk.desk import set_desk
    from stage.ui.desk.saved import Saved
    from stage.ui.pacing.probe import Probe
    from stage.ui.window.window import Window
    from tests.bench.large import large

    probe = Probe()
    async with open_house(paths.library(), demo=True) as house:
        plays = await house.director.plays()
        large_play = (await large(house.library, LINES))[0].play
        desk = set_desk(house.director, Saved(None), Settings(colour_tokens=True), _keep)
        desk.session.show(await house.director.open(plays[0].id))
        window = Window(desk)
        window.resize(WIDE, HIGH)
        window.show()
        await house.director.warm(desk.session.play)
        desk.session.set_lanes(4)
        await asyncio.sleep(0.5)  # the lanes are laid out
        phases = {}
        for name, work in (
            ("at_rest", asyncio.sleep(2)),
            ("streaming", _stream(desk, SECONDS)),
            ("streaming_and_loading", _both(_stream(desk, SECONDS), _load(house, model))),
            ("streaming_and_scoring", _both(_stream(desk, SECONDS), _score(house, model))),
            ("streaming_and_opening", _both(_stream(desk, SECONDS), _open(desk, large_play))),
            ("opening", _open(desk, large_play)),
            ("tinting", _tint(desk)),
            ("views", _go(desk)),
        ):
            probe.forget()
            await work
            phases[name] = _told(probe)
            await _rest(desk)
        probe.stop()
        window.hide()
    window.deleteLater()
    return phases


async def _stream(desk: Any, seconds: float) -> None:
    """Let both models say one line after the other, each in two lanes."""
    play = desk.session.play
    speakers = [each.id for each in play.scene.cast if not each.human]
    end, at = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        if desk.session.play is play and not desk.turns.waiting:
            desk.session.pick(speakers[at % len(speakers)])
            desk.turns.speak(2)  # lanes of one model have a take each
            at += 1
        await asyncio.sleep(0.02)


async def _load(house: Any, model: Path) -> None:
    copy = Path(tempfile.mkdtemp(dir=paths.state().parent)) / "another.gguf"
    await asyncio.to_thread(shutil.copy, model, copy)
    loaded = await house.pool.load(copy)
    await house.pool.unload(loaded)


async def _score(house: Any, model: Path) -> None:
    loaded = await house.pool.load(model)
    await loaded.score("The lamp has never gone out, whatever they say of it. " * 30, "")


async def _open(desk: Any, large_play: str) -> None:
    """Open a large play, until its outline is read, and the one before it again."""
    before = desk.session.play
    await asyncio.sleep(1)  # something is being said
    desk.session.show(await desk.director.open(large_play))
    await asyncio.sleep(0.5)
    while desk.survey.loading or desk.survey.rows.outline.stale:
        await asyncio.sleep(0.05)
    await asyncio.sleep(1)  # all of a lane of 1,000 lines is there
    desk.session.show(before)
    await asyncio.sleep(0.5)


async def _tint(desk: Any) -> None:
    """Show a long line that a model has read, in its colours."""
    from stage.director.records import ScoredToken
    from stage.director.weighing.looking import Look
    from stage.play.cutting import CutRule

    play, session = desk.session.play, desk.session
    pieces = [b"word%d " % (at % 700) for at in range(TOKENS)]
    ends = [*itertools.accumulate(map(len, pieces))]
    text = b"".join(pieces).decode()
    who = next(each.id for each in play.scene.cast if each.human)
    line = await desk.director.say(play.id, session.leaf().id, who, text)
    tokens = tuple(
        ScoredToken(at % 700, piece, end - len(piece), end, -float(at % 7), 1.0, 1, ())
        for at, (piece, end) in enumerate(zip(pieces, ends, strict=True))
    )
    model = session.models[0]
    desk.looks._scored[line.id, model] = Look(
        line.id, model, "own prompt", tokens, {}, line.text, None, "transcript", "", None,
        CutRule(), spread=True,
    )  # fmt: skip
    session.move(session.at, line.id)
    await asyncio.sleep(2)


async def _go(desk: Any) -> None:
    """Go to every view for the first time."""
    from stage.ui.views import VIEWS

    for view in [*VIEWS.names, "stage"]:
        desk.wishes.view.emit(view)
        await asyncio.sleep(0.5)


async def _rest(desk: Any) -> None:
    desk.turns.stop()
    while desk.turns.running:
        await asyncio.sleep(0.05)


async def _both(*works: Any) -> None:
    await asyncio.gather(*works)


def _told(probe: Any) -> dict[str, float]:
    found = probe.lateness()
    return {
        "p50": round(found.p50, 2),
        "p99": round(found.p99, 2),
        "most": round(found.most, 1),
        "own_p99": round(found.own, 2),
        "own_most": round(max(probe._own), 1),
        "over_50": found.stalls,
        "beats": found.beats,
    }


def _keep() -> None:
    """Preferences of a bench are not kept."""


def main(argv: list[str]) -> None:
    from stage.app.main import application
    from stage.kit.settings import Settings

    app = application(Settings())
    import qasync

    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    phases = loop.run_until_complete(_evening(Path(argv[0])))
    loop.close()
    print(json.dumps(phases))


LATENESS = Bench("lateness", "how late the window's loop is while models speak", lateness)
FIRST_PAINT = Bench("first-paint", "cold start to the first paint", first_paint)

if __name__ == "__main__":
    main(sys.argv[1:])

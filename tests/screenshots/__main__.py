"""Opens house and window, and takes every picture."""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage

from tests.screenshots import __doc__ as package
from tests.screenshots import stage, views
from tests.screenshots.camera import SCHEMES, Camera, dialog, fewer_colours
from tests.screenshots.stage import two_lanes

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "resources" / "screenshots"  # the README shows one of them


async def states(camera: Camera) -> None:
    """What is not seen every day, in both schemes; then the smallest window and large text."""
    window = camera.window
    window.resize(1280, 800)
    for scheme in SCHEMES:
        window.set_scheme(scheme)
        await two_lanes(camera)
        camera.tint(False)
        await stage.speaking(camera, scheme)
        await stage.lanes(camera, scheme)
        window.desk.turns.failed.emit(
            0, "The model stopped answering: killed, out of memory; choose a smaller file.", None
        )
        await camera.take(f"card-{scheme}")
        window.centre.lanes[0].failures.clear()
        for name in ("new_play", "shortcuts", "prompt", "palette", "settings", "system",
                     "edit_line", "about"):  # fmt: skip
            shown = f"{name.replace('_', '-')}-{scheme}"
            await dialog(camera, shown, getattr(window.dialogs, name))
        await dialog(camera, f"ruling-{scheme}", window.craft.ruling)
        await stage.offering(camera, scheme)
        await just_text(camera, scheme)
        await stage.outline(camera, scheme)
        for view in (views.library, views.models, views.map_and_path, views.replay, views.lens,
                     views.comparing, views.cast, views.runs):  # fmt: skip
            await view(camera, scheme)
            window.panes.go("stage")
    window.set_scheme("light")
    await small(camera)
    window.resize(1280, 800)
    window.spoken_size(6)
    await camera.take("large-text-light")
    window.spoken_size(-6)
    for scheme in SCHEMES:
        window.set_scheme(scheme)
        await views.running(camera, scheme)


async def just_text(camera: Camera, scheme: str) -> None:
    """A play that is about to begin with a text alone."""
    from stage.ui.dialogs.new_play import NewPlay

    camera.window.dialogs.new_play()
    await asyncio.sleep(0.3)
    for made in camera.window.findChildren(NewPlay):
        made.kinds[1].click()
        made.text.text.setPlainText("The lamp went out at nine, and nobody lit it again until")
        await camera.take(f"just-text-{scheme}", made)
        made.reject()
    await asyncio.sleep(0.05)


async def small(camera: Camera) -> None:
    """The smallest window, the panes that lie over its view, and one smaller than is allowed."""
    window = camera.window
    window.resize(1024, 640)
    await camera.take("smallest-light")
    for side in ("left", "right"):
        if not getattr(window.panes.flanks, side).isVisible():
            window.menus.do(side)
            await camera.take(f"smallest-{side}-light")
            window.menus.do(side)
    for view in ("library", "replay", "runs", "lens", "models", "cast"):
        window.panes.go(view)
        await camera.take(f"smallest-{view}-light")
    await views.map_and_path(camera, "light")
    window.panes.go("stage")
    window.setMinimumSize(800, 600)
    window.resize(800, 640)
    for side in ("left", "right"):
        window.menus.do(side)
        await camera.take(f"drawer-{side}-light")
        window.menus.do(side)


async def without_a_play(camera: Camera) -> None:
    """The window as it opens the first time, before a play is chosen."""
    window = camera.window
    for scheme in SCHEMES[::-1]:
        window.set_scheme(scheme)
        await camera.take(f"empty-{scheme}")
        await curtains(camera, scheme)
        for view in ("library", "map", "path", "replay", "compare", "runs", "cast", "models"):
            window.panes.go(view)
            if view == "models":
                window.panes.view(view).stock.scan()
                await camera.take(f"models-scanning-{scheme}", rest=False)
            await camera.take(f"{view}-empty-{scheme}")
        window.panes.go("stage")


async def curtains(camera: Camera, scheme: str) -> None:
    """The frame before there is a window: while a library is opened, and where it cannot be."""
    from stage.kit.tasks import spawn
    from stage.ui.desk.saved import Saved
    from stage.ui.window.curtain import SOON, Curtain

    curtain = Curtain(Saved(None))
    curtain.resize(camera.window.size())
    curtain.show()
    curtain.wait()
    await asyncio.sleep(SOON / 1000)
    await camera.take(f"opening-{scheme}", curtain)
    sentence = "The file stage.db is not a Stage library; choose another file or a new name."
    telling = spawn(curtain.tell(sentence), name="tell")
    await camera.take(f"no-library-{scheme}", curtain)
    curtain.close()
    await telling
    curtain.hide()
    curtain.deleteLater()


def enlarged(out: Path) -> None:
    """The window at 200 %, which a process is told before it begins."""
    file = out / "scale-200-light.png"
    asked = [sys.executable, "-m", "stage", "--picture", str(file)]
    subprocess.run(asked, env={**os.environ, "QT_SCALE_FACTOR": "2"}, check=True)
    image = QImage(str(file))
    fewer_colours(image).save(str(file), "PNG", 0)


async def a_play(director: Any) -> Any:
    """The demo play; where there is none, one performed now."""
    from stage.director.turns.performing import Turn
    from stage.director.wardrobe import load_scene

    plays = await director.plays()
    if plays:
        return await director.open(plays[0].id)
    play = await director.new_play(load_scene(Path("3-both")), seed=11)
    leaf = play.tree.leaf_under(play.start).id
    for _ in range(4):
        decision = play.decide(leaf, skip_humans=True)
        turn = Turn(leaf, decision.queue[0], tuple(play.scene.models), 3, None, decision)
        ended = await director.perform(play, turn).done()
        if not ended.lines:
            break
        leaf = ended.lines[0].id
        await director.stand(play.id, leaf)
    return play


async def shoot(out: Path) -> None:
    """Open house and window, take every picture, close in good order."""
    from stage.app.examining import examine
    from stage.app.house import open_house
    from stage.kit import paths
    from stage.kit.settings import Settings
    from stage.ui.desk.desk import set_desk
    from stage.ui.desk.machine import Machine
    from stage.ui.desk.saved import Saved
    from stage.ui.pacing.probe import Probe
    from stage.ui.window.window import Window

    def keep() -> None:
        """Preferences of a picture are not kept."""

    probe = Probe()
    machine = Machine(examine=partial(examine, paths.library()), lateness=probe.lateness)
    async with open_house(paths.library(), demo=True) as house:
        desk = set_desk(house.director, Saved(None), Settings(scheme="light"), keep, machine)
        window = Window(desk)
        window.show()
        camera = Camera(window, out)
        await without_a_play(camera)
        desk.session.show(await a_play(house.director))
        await house.director.warm(desk.session.play)
        await stage.every_scheme(camera)
        await states(camera)
        window.hide()
    camera.develop()
    probe.stop()
    window.deleteLater()


def main(argv: list[str] | None = None) -> int:
    """Take the pictures; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=package)
    parser.add_argument("--out", type=Path, default=KEPT)
    out = parser.parse_args(argv).out
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as above:
        home = Path(above) / "stage"
        os.environ["STAGE_HOME"] = str(home)
        from stage.app.main import application
        from stage.kit.settings import Settings

        app = application(Settings(scheme="light"))
        import qasync

        loop = qasync.QEventLoop(app)
        asyncio.set_event_loop(loop)
        loop.run_until_complete(shoot(out))
        loop.close()
        enlarged(out)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Pictures of the real window on a real play: `python -m tests.screenshots [--out DIR]`.

Opens the house on a fresh library (the demo play, or a play performed now on the shipped
models), shows the window in both schemes and sizes and in its states, and writes PNG files.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "resources" / "screenshots"  # the README shows one of them
COLOURS = 96  # of a picture: most are shades of the edges of letters
SIZES = ((1280, 800), (1920, 1080))
SCHEMES = ("light", "dark")
PASTED = """The lamp turns. Somebody is on the stairs, and the keeper does not know who it is.

She counts the steps: one, two, three. Then nothing. The rain goes on, and the sea says nothing."""


class Camera:
    """Takes pictures of one window.

    Attributes:
        window: the real one.
        taken: pictures by the files they go into, see `develop`.
    """

    def __init__(self, window: Any, out: Path) -> None:
        """Write into a folder."""
        self.window = window
        self.out = out
        self.taken: dict[Path, Any] = {}

    @property
    def session(self) -> Any:
        """The session of the window's desk."""
        return self.window.desk.session

    async def take(self, name: str, of: Any = None) -> Path:
        """Wait until everything is fetched and laid out, then take a picture."""
        await asyncio.sleep(0.02 if name.startswith("speaking") else 0.35)
        file = self.out / f"{name}.png"
        self.taken[file] = (of or self.window).grab().toImage()
        sys.stdout.write(f"{file}\n")
        return file

    def develop(self) -> None:
        """Write the files, now that nobody waits."""
        for file, image in self.taken.items():
            fewer_colours(image).save(str(file), "PNG", 0)

    def tint(self, on: bool) -> None:
        """Switch token colouring."""
        if self.window.desk.settings.colour_tokens != on:
            self.window.colour_tokens()

    def apart(self) -> None:
        """Let the second lane follow the chat model from where the models first part."""
        tree = self.session.play.tree
        for line in self.session.path(0):
            chats = [
                each
                for each in map(tree.__getitem__, tree.siblings(line.id))
                if each.model == self.session.models[-1]
            ]
            if chats and line.model != self.session.models[-1]:
                self.session.move(1, tree.leaf_under(chats[0].id).id)
                return


async def one_lane(camera: Camera) -> None:
    """The play as it opens."""
    camera.tint(False)
    camera.session.set_lanes(1)
    camera.session.choose("")


async def two_lanes(camera: Camera) -> None:
    """The same prefix gone on with by both models, tokens coloured, a line chosen."""
    if len(camera.session.models) < 2:
        return
    camera.session.set_lanes(2)
    camera.apart()
    camera.tint(True)
    made = [line for line in camera.session.path(0) if line.model and line.tokens > 5]
    if made:
        line = made[-1]
        camera.session.choose(line.id, 0)
        await asyncio.sleep(0.2)
        camera.window.desk.wishes.token.emit(line.id, min(3, line.tokens - 1))


async def every_scheme(camera: Camera) -> None:
    """Both schemes, both sizes, one lane and two."""
    views: dict[str, Callable[[Camera], Awaitable[None]]] = {"one": one_lane, "two": two_lanes}
    for scheme in SCHEMES:
        camera.window.set_scheme(scheme)
        for width, height in SIZES:
            camera.window.resize(width, height)
            for name, view in views.items():
                await view(camera)
                await camera.take(f"{name}-{scheme}-{width}x{height}")


async def states(camera: Camera) -> None:
    """What is not seen every day: speaking, an error, dialogs, the smallest window, large text."""
    window = camera.window
    window.resize(1280, 800)
    for scheme in SCHEMES:
        window.set_scheme(scheme)
        await two_lanes(camera)
        camera.tint(False)
        await speaking(camera, scheme)
        window.desk.turns.failed.emit(
            0, "The model stopped answering: killed, out of memory; choose a smaller file.", None
        )
        await camera.take(f"card-{scheme}")
        window.centre.lanes[0].clear_cards()
        for name in ("new_play", "shortcuts", "prompt", "palette", "settings", "system",
                     "edit_line", "about"):  # fmt: skip
            shown = f"{name.replace('_', '-')}-{scheme}"
            await dialog(camera, shown, getattr(window.dialogs, name))
        await shelves(camera, scheme)
        await outline(camera, scheme)
        await map_and_path(camera, scheme)
        await lens(camera, scheme)
        await comparing(camera, scheme)
        await cast_view(camera, scheme)
    window.set_scheme("light")
    window.setMinimumSize(800, 600)
    window.resize(860, 640)
    window.menus.do("right")
    await camera.take("drawer-light")
    window.menus.do("right")
    window.resize(1024, 640)
    await camera.take("smallest-light")
    await map_and_path(camera, "light")
    window.resize(1280, 800)
    window.spoken_size(6)
    await camera.take("large-text-light")
    window.spoken_size(-6)


async def cast_view(camera: Camera, scheme: str) -> None:
    """The cast: a card, its versions, who plays it, and what each receives."""
    window = camera.window
    window.panes.go("cast")
    view = window.panes.view("cast")
    members = [each.id for each in view.casting.cast]
    for at, name in enumerate(("card", "versions", "played", "prompt")):
        view.show_side(at)
        await asyncio.sleep(0.6)
        await camera.take(f"cast-{name}-{scheme}")
    view.receives.other.setCurrentIndex(view.receives.other.findData(members[1]))
    view.receives.refresh()
    await asyncio.sleep(0.6)
    await camera.take(f"cast-compared-{scheme}")
    view.receives.other.setCurrentIndex(0)
    view.show_side(0)
    window.panes.go("stage")


async def shelves(camera: Camera, scheme: str) -> None:
    """The library with its search, bin and history, and the shelf of models."""
    window, session = camera.window, camera.session
    acts, panes = window.acts, window.panes
    panes.go("library")
    view = panes.view("library")
    await camera.take(f"library-{scheme}")
    for name, typed in (("found", "the"), ("no-line", "zyxw")):
        view.field.setText(typed)
        await asyncio.sleep(0.4)
        await camera.take(f"library-{name}-{scheme}")
    view.field.clear()
    line = session.path(0)[-1]
    await window.desk.director.do(session.play.id, "delete", {"line": line.id})
    view.go("bin")
    await camera.take(f"library-bin-{scheme}")
    acts.library("history")
    await asyncio.sleep(0.3)
    view.past.list.setCurrentIndex(view.past.rows.index(min(6, view.past.rows.rowCount() - 1)))
    await camera.take(f"library-history-{scheme}")
    await window.desk.director.undo(session.play.id)
    acts.chore("check")
    await camera.take(f"library-check-{scheme}")
    panes.go("models")
    shelf = panes.view("models")
    await asyncio.sleep(2.0)
    await camera.take(f"models-{scheme}")
    stray = Path(os.environ["STAGE_HOME"]) / "page.gguf"
    stray.write_text("<!doctype html>")
    shelf.add([str(stray)])
    await asyncio.sleep(0.6)
    await camera.take(f"models-error-{scheme}")
    window.desk.prefs.set("watched", [])
    panes.go("stage")


async def outline(camera: Camera, scheme: str) -> None:
    """Marks of every kind in the outline, a filter, words found in the path."""
    from stage.ui.widgets.findbar import FindBar

    window, session = camera.window, camera.session
    desk, panel, rows = window.desk, window.left.panels["outline"], window.desk.survey.rows
    session.set_lanes(1)
    lines = [rows.line(at) for at in range(min(8, rows.rowCount()))]
    marks: list[tuple[str, dict[str, Any]]] = [
        ("chapter", {"text": "Below the lamp"}), ("bookmark", {}), ("rate", {"value": 4}),
        ("tag", {"name": "good"}), ("note", {"text": "Again, slower."}), ("collapse", {}),
    ]  # fmt: skip
    if scheme == SCHEMES[0]:
        for line, (name, given) in zip(lines[1:], marks, strict=False):
            await desk.director.do(session.play.id, name, {**given, "line": line})
    panel.rows.mark(0)
    await camera.take(f"outline-{scheme}")
    panel.filter.setText("lamp")
    await asyncio.sleep(0.5)
    await camera.take(f"outline-filter-{scheme}")
    panel.filter.setText("no such words")
    await asyncio.sleep(0.5)
    await camera.take(f"outline-no-match-{scheme}")
    panel.filter.clear()
    window.menus.do("find")
    bar = window.centre.lanes[0].text.findChild(FindBar)
    bar.field.setText("the")
    await camera.take(f"find-{scheme}")
    bar.end()
    await dialog(camera, f"tag-{scheme}", window.tree.tag)


async def map_and_path(camera: Camera, scheme: str) -> None:
    """The whole play and a part of it, coloured by who and by a number; the branch as a page."""
    window, scale = camera.window, f"{camera.window.width()}x{camera.window.height()}"
    window.panes.go("map")
    view = window.panes.view("map")
    while view.chart.busy or not len(view.chart.layout):
        await asyncio.sleep(0.05)
    view.colour_by("speaker")
    view.canvas.fit()
    await camera.take(f"map-{scheme}-{scale}")
    view.colour_by("surprise")
    await camera.take(f"map-surprise-{scheme}-{scale}")
    view.colour_by("speaker")
    view.canvas.natural()
    view.canvas.zoom(1.3)
    await camera.take(f"map-near-{scheme}-{scale}")
    window.panes.go("path")
    await camera.take(f"path-{scheme}-{scale}")
    window.panes.go("stage")


async def at_rest(camera: Camera) -> None:
    """Wait until no model reads anything."""
    looks = camera.window.desk.looks
    for _ in range(600):
        await asyncio.sleep(0.05)
        if not looks.words:
            break


async def lens(camera: Camera, scheme: str) -> None:
    """Two lanes in difference mode, a token of two models, and the lens on a pasted text."""
    window = camera.window
    await two_lanes(camera)
    for mode in ("difference", "entropy"):
        window.acts.colour_by(mode)
        await at_rest(camera)
        await camera.take(f"colours-{mode}-{scheme}")
    camera.tint(False)
    window.desk.prefs.set("colour_by", "surprise")
    window.panes.go("lens")
    view = window.panes.view("lens")
    view.form.text.set_text("")
    await camera.take(f"lens-empty-{scheme}")
    view.form.context.set_text("A play in one act.")
    view.form.text.set_text(PASTED)
    view.form.models[1].setCurrentIndex(min(2, view.form.models[1].count() - 2))
    view.begin()
    for _ in range(600):
        await asyncio.sleep(0.05)
        if not view.reading.running:
            break
    view.legend.by.setCurrentIndex(2)
    view.legend.changed.emit()
    view.step(10)
    await camera.take(f"lens-{scheme}")


async def comparing(camera: Camera, scheme: str) -> None:
    """Nothing chosen yet; two, four and six branches; blind; what is common opened; small."""
    window, compared = camera.window, camera.window.desk.compared
    window.set_scheme(scheme)
    window.resize(1280, 800)
    compared.show([])
    await camera.take(f"compare-choose-{scheme}")
    tree = camera.session.play.tree
    forks = [line.id for line in camera.session.path(0) if len(tree.siblings(line.id)) > 1]
    takes = [tree.leaf_under(each) for fork in forks for each in tree.siblings(fork)]
    leaves = [each.id for each in takes if each.status == "complete"]
    for many in (2, 4, 6):
        compared.show(leaves[:: max(1, len(leaves) // many)][:many])
        await camera.take(f"compare-{many}-{scheme}")
    window.resize(1024, 640)
    await camera.take(f"compare-smallest-{scheme}")
    window.resize(1280, 800)
    compared.show(leaves[:: max(1, len(leaves) // 3)][:3])
    compared.set_blind(True)
    await camera.take(f"compare-blind-{scheme}")
    compared.set_blind(False)
    compared.unfold()
    await camera.take(f"compare-open-{scheme}")
    compared.unfold()
    window.panes.go("stage")


def named() -> list[int]:
    """The colours that have a meaning: none of them is given up."""
    from dataclasses import astuple

    from stage.ui.theme import DARK, LIGHT, PERSONA_COLOURS

    every = [*astuple(LIGHT), *astuple(DARK), *PERSONA_COLOURS]
    return [int(each[1:], 16) for each in every if each.startswith("#")]


def fewer_colours(image: Any) -> Any:
    """The picture with the colours it has most of; others become the nearest of them."""
    import numpy as np
    from PySide6.QtGui import QImage

    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(plain.constBits(), np.uint32).reshape(plain.height(), -1)
    colours, where, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    parts = np.stack([colours >> shift & 255 for shift in (16, 8, 0)], axis=1).astype(np.int32)
    counts[np.isin(colours & 0xFFFFFF, named())] = plain.width() * plain.height()
    most = np.argsort(-counts)[:COLOURS]
    distances = ((parts[:, None, :] - parts[None, most, :]) ** 2).sum(axis=2)
    nearest = distances.argmin(axis=1).astype(np.uint8)[where].reshape(pixels.shape)
    made = QImage(plain.width(), plain.height(), QImage.Format.Format_Indexed8)
    made.setColorTable([int(each) | 0xFF000000 for each in colours[most]])
    rows = np.frombuffer(made.bits(), np.uint8).reshape(plain.height(), made.bytesPerLine())
    rows[:, : plain.width()] = nearest
    return made


async def speaking(camera: Camera, scheme: str) -> None:
    """Two models in mid-sentence."""
    turns = camera.window.desk.turns
    member = next(each for each in camera.session.play.scene.cast if not each.human)
    camera.session.pick(member.id)
    turns.speak(4)
    for _ in range(500):
        await asyncio.sleep(0.02)
        leaves = [camera.session.leaf(at) for at in range(len(camera.session.lanes))]
        if any(leaf.status == "running" and len(leaf.text) > 8 for leaf in leaves):
            break
    await camera.take(f"speaking-{scheme}")
    turns.stop()
    while turns.running:
        await asyncio.sleep(0.05)


async def dialog(camera: Camera, name: str, opened: Callable[[], None]) -> None:
    """Open a dialog, take it, close it."""
    from PySide6.QtWidgets import QDialog

    opened()
    await asyncio.sleep(2.0 if name.startswith("system") else 0.3)
    found = [each for each in camera.window.findChildren(QDialog) if each.isVisible()]
    for each in found:
        await camera.take(name, each)
        each.reject()
    await asyncio.sleep(0.05)


async def a_play(director: Any) -> Any:
    """The demo play; where there is none, one performed now."""
    from stage.director.performing import Turn
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
    from stage.ui.desk import set_desk
    from stage.ui.machine import Machine
    from stage.ui.probe import Probe
    from stage.ui.saved import Saved
    from stage.ui.window import Window

    def keep() -> None:
        """Preferences of a picture are not kept."""

    probe = Probe()
    machine = Machine(examine=partial(examine, paths.library()), lateness=probe.lateness)
    async with open_house(paths.library(), demo=True) as house:
        desk = set_desk(house.director, Saved(None), Settings(scheme="light"), keep, machine)
        window = Window(desk)
        window.show()
        empty = Camera(window, out)
        for scheme in SCHEMES[::-1]:
            window.set_scheme(scheme)
            await empty.take(f"empty-{scheme}")
        desk.session.show(await a_play(house.director))
        await house.director.warm(desk.session.play)
        camera = Camera(window, out)
        await every_scheme(camera)
        await states(camera)
        window.hide()
    empty.develop()
    camera.develop()
    probe.stop()
    window.deleteLater()


def main(argv: list[str] | None = None) -> int:
    """Take the pictures; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
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
    return 0


if __name__ == "__main__":
    sys.exit(main())

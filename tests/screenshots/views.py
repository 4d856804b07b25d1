"""The other views: library, models, map, path, lens, compare, cast, replay."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

from stage.director.runs.asking import Asked
from tests.screenshots.camera import Camera
from tests.screenshots.stage import two_lanes

PASTED = """The lamp turns. Somebody is on the stairs, and the keeper does not know who it is.

She counts the steps: one, two, three. Then nothing. The rain goes on, and the sea says nothing."""


async def cast(camera: Camera, scheme: str) -> None:
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


async def library(camera: Camera, scheme: str) -> None:
    """The library with its search, bin, history and a chore."""
    window, session = camera.window, camera.session
    acts, panes = window.acts, window.panes
    panes.go("library")
    view = panes.view("library")
    await camera.take(f"library-{scheme}")
    view.field.setText("lamp")
    await camera.take(f"library-searching-{scheme}", rest=False)
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


async def models(camera: Camera, scheme: str) -> None:
    """The shelf of models, and a file that is none."""
    window = camera.window
    window.panes.go("models")
    shelf = window.panes.view("models")
    await asyncio.sleep(2.0)
    await camera.take(f"models-{scheme}")
    stray = Path(os.environ["STAGE_HOME"]) / "page.gguf"
    stray.write_text("<!doctype html>")
    shelf.add([str(stray)])
    await asyncio.sleep(0.6)
    await camera.take(f"models-error-{scheme}")
    window.desk.prefs.set("watched", [])


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


async def replay(camera: Camera, scheme: str) -> None:
    """The record of a branch while it is played, and at rest in its middle."""
    window = camera.window
    window.panes.go("replay")
    view = window.panes.view("replay")
    await asyncio.sleep(0.5)  # what was looked at before may be another branch
    await camera.until(lambda: view.player.replay is not None)
    view.player.seek(view.player.replay.length * 0.4)
    await camera.take(f"replay-{scheme}")
    view.player.set_speed(0.25)
    view.player.play()
    await camera.take(f"replay-playing-{scheme}", rest=False)
    view.player.pause()
    view.player.set_speed(1.0)


async def lens(camera: Camera, scheme: str) -> None:
    """Two lanes in difference mode, a token of two models, and the lens on a pasted text."""
    window = camera.window
    await two_lanes(camera)
    for mode in ("difference", "entropy"):
        window.acts.colour_by(mode)
        await camera.until(lambda: not window.desk.looks.words)
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
    await camera.until(lambda: not view.reading.running)
    view.legend.by.setCurrentIndex(2)
    view.legend.changed.emit()
    view.step(10)
    await camera.take(f"lens-{scheme}")
    view.form.text.set_text("\n\n".join([PASTED] * 60))
    view.begin()
    await camera.take(f"lens-reading-{scheme}", rest=False)
    await camera.until(lambda: not view.reading.running)
    await camera.take(f"lens-long-{scheme}")
    stray = Path(os.environ["STAGE_HOME"]) / "page.gguf"
    stray.write_text("<!doctype html>")
    view.form.text.set_text(PASTED)
    view.text.clear_text()
    view.reading.begin(view.form.pasted(), [(stray.stem, stray)])
    await camera.until(lambda: not view.reading.running)
    await camera.take(f"lens-error-{scheme}")


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
        await camera.until(lambda: {*compared.leaves} <= {*compared.columns})
        await camera.take(f"compare-{many}-{scheme}")
    if scheme == "light":
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
    compared.score()
    await camera.take(f"compare-scoring-{scheme}", rest=False)
    await camera.until(lambda: not compared.unscored())
    await camera.take(f"compare-scored-{scheme}")
    from stage.ui.compare.page import Page

    page = window.findChild(Page)
    page.key.tints[2].click()
    await camera.until(lambda: not window.desk.looks.words)
    await camera.take(f"compare-difference-{scheme}")
    page.key.tints[0].click()
    page.top.takes.click()
    await camera.until(lambda: bool(window.desk.tallied.groups))
    window.desk.tallied.score()
    await camera.until(lambda: not window.desk.tallied.unscored())
    await camera.take(f"compare-takes-{scheme}")
    page.top.branches.click()


async def runs(camera: Camera, scheme: str) -> None:
    """Runs of takes: those of the log, one that goes on, one that waits, stopped, part failed."""
    window = camera.window
    window.set_scheme(scheme)
    window.resize(1280, 800)
    window.panes.go("runs")
    view, play, queue = window.panes.view("runs"), camera.session.play, window.desk.director.runs
    leaf = camera.session.leaf().id
    await camera.until(lambda: view.known.read)
    await camera.take(f"runs-none-{scheme}" if not view.rows.rowCount() else f"runs-log-{scheme}")
    members = tuple(view.draft.members)
    models = tuple(play.scene.models)
    view.ask(leaf, Asked(members[:1], models, 8, 7))
    await camera.until(lambda: not queue.runs and bool(view.known.groups))
    await camera.take(f"runs-{scheme}")
    view.ask(leaf, Asked(members, models, 24))
    first = view.chosen().id
    view.ask(leaf, Asked(members[:1], models, 6))
    view.table.setCurrentIndex(view.rows.index(1, 0))
    await camera.until(lambda: any(each.ended for each in queue.runs[first].takes.values()), 10)
    await camera.take(f"runs-running-{scheme}", rest=False)
    await camera.until(lambda: any(each.left for each in view.known.told()), 10)
    view.known.refresh()
    await camera.take(f"runs-eta-{scheme}", rest=False)
    view.table.setCurrentIndex(view.rows.index(0, 0))
    await camera.take(f"runs-queued-{scheme}", rest=False)
    queue.clear()
    await camera.until(lambda: not queue.going())
    await camera.take(f"runs-cancelled-{scheme}")
    for each in list(queue.runs):
        queue.put_away(each)
    lost, play.models[models[-1]] = play.models[models[-1]], Path("gone.gguf")
    view.ask(leaf, Asked(members[:1], models, 5))
    await camera.until(lambda: not queue.runs and bool(view.known.groups))
    await camera.take(f"runs-failed-{scheme}")
    play.models[models[-1]] = lost
    window.desk.turns.busy_changed.emit()
    for _ in range(3):  # all that was said here, so that later pictures show the play as it was
        await window.desk.director.undo(play.id)


async def running(camera: Camera, scheme: str) -> None:
    """Branches that are still being said, and then the model of both of them dies."""
    turns, compared, session = camera.window.desk.turns, camera.window.desk.compared, camera.session
    session.set_lanes(2)
    member = next(each for each in session.play.scene.cast if not each.human)
    session.pick(member.id)
    turns.speak(1)
    leaves = [session.leaf(at) for at in range(2)]

    def spoken() -> bool:
        leaves[:] = [session.leaf(at) for at in range(2)]
        return all(leaf.status == "running" and len(leaf.text) > 8 for leaf in leaves)

    await camera.until(spoken, 10)
    compared.show([leaf.id for leaf in leaves])
    await camera.take(f"compare-running-{scheme}", rest=False)
    for worker in engines():
        os.kill(worker, signal.SIGKILL)
    await camera.until(lambda: not turns.running and {*compared.leaves} <= {*compared.columns})
    await camera.take(f"compare-failed-{scheme}")
    camera.window.panes.go("stage")
    await camera.take(f"crashed-{scheme}")
    for lane in camera.window.centre.lanes:
        lane.failures.clear()


def engines() -> list[int]:
    """The processes of the models."""
    made = Path("/proc/self/task").glob("*/children")
    return [int(each) for file in made for each in file.read_text().split()]

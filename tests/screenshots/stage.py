"""The stage: lanes, what is being said, the outline beside them, the dialogs over it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from tests.screenshots.camera import SCHEMES, SIZES, Camera, dialog


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
    made = [line for line in camera.session.path(0) if line.model and line.generated > 5]
    if made:
        line = made[-1]
        camera.session.choose(line.id, 0)
        await asyncio.sleep(0.2)
        camera.window.desk.wishes.token.emit(line.id, min(3, line.generated - 1))


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


async def lanes(camera: Camera, scheme: str) -> None:
    """Markdown; whom a model expects; four lanes; a frozen lane beside shared ones."""
    session = camera.session
    session.set_lane(0, read=True)
    await camera.take(f"read-{scheme}")
    session.set_lane(0, read=False)
    desk = camera.window.desk
    desk.wishes.action.emit("expect")
    await camera.until(lambda: desk.cues.chances() is not None)
    await camera.take(f"expected-{scheme}")
    session.set_lanes(4)
    await camera.take(f"four-{scheme}")
    session.set_lanes(3)
    for at, history in enumerate(("frozen", "shared", "shared")):
        session.set_lane(at, history=history)
    await camera.take(f"frozen-{scheme}")
    session.set_lanes(2)
    for at in range(2):
        session.set_lane(at, history="own")


async def outline(camera: Camera, scheme: str) -> None:
    """Marks of every kind in the outline, a filter, words found in the path."""
    from stage.ui.lanes.findbar import FindBar

    window, session = camera.window, camera.session
    desk, panel, rows = window.desk, window.left.panels["outline"], window.desk.survey.rows
    session.set_lanes(1)
    lines = [rows.line(at) for at in range(min(8, rows.rowCount()))]
    marks: list[tuple[str, dict[str, Any]]] = [
        ("chapter", {"text": "Below the lamp"}), ("bookmark", {}), ("rate", {"value": 4}),
        ("tag", {"name": "good", "colour": "blue", "key": "1"}),
        ("note", {"text": "Again, slower."}), ("collapse", {}),
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
    session.choose(lines[4])
    await dialog(camera, f"tag-{scheme}", window.tree.tag)
    given = {"name": "later", "mode": "hide", "colour": "orange", "line": lines[-1]}
    await desk.director.do(session.play.id, "tag", given)
    await camera.take(f"outline-hidden-{scheme}")
    desk.director.show_tagged(session.play, True)
    await camera.take(f"outline-shown-{scheme}")
    desk.director.show_tagged(session.play, False)


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
    await camera.take(f"speaking-{scheme}", rest=False)
    turns.stop()
    while turns.running:
        await asyncio.sleep(0.05)


async def offering(camera: Camera, scheme: str) -> None:
    """What a slash may become."""
    words = camera.window.centre.composer.words
    camera.window.activateWindow()
    words.setFocus()
    await camera.until(words.hasFocus)
    words.insertPlainText("/")
    await camera.take(f"offering-{scheme}")
    words.clear()

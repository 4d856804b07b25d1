"""Takes pictures of a window, and writes them with few colours."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

COLOURS = 96  # of a picture: most are shades of the edges of letters
ALIKE = 100  # of two colours: the square of their distance, below which one will do
SIZES = ((1280, 800), (1920, 1080))
SCHEMES = ("light", "dark")


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

    async def take(self, name: str, of: Any = None, *, rest: bool = True) -> Path:
        """Wait until everything is fetched and laid out, then take a picture.

        Args:
            name: of its file.
            of: what is taken, the window unless told.
            rest: wait; without it what goes on now is seen.
        """
        from PySide6.QtWidgets import QWidget

        await asyncio.sleep(0.35 if rest else 0.02)
        seen = of or self.window
        while not all(
            each.updatesEnabled()
            for each in (seen, *seen.findChildren(QWidget))
            if each.isVisible()  # Qt puts off what a hidden table has
        ):
            await asyncio.sleep(0)  # what was arranged last is painted in a later turn
        file = self.out / f"{name}.png"
        self.taken[file] = seen.grab().toImage()
        sys.stdout.write(f"{file}\n")
        return file

    def develop(self) -> None:
        """Write the files, now that nobody waits."""
        for file, image in self.taken.items():
            fewer_colours(image).save(str(file), "PNG", 0)

    async def until(self, condition: Callable[[], bool], seconds: float = 30) -> None:
        """Wait until something holds; after some time it is taken as it is."""
        for _ in range(round(seconds / 0.05)):
            if condition():
                return
            await asyncio.sleep(0.05)

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


def named() -> list[int]:
    """The colours that have a meaning: none of them is given up."""
    from dataclasses import astuple

    from stage.ui.dress.theme import PERSONA_COLOURS
    from stage.ui.dress.tokens import DARK, LIGHT

    every = [*astuple(LIGHT), *astuple(DARK), *PERSONA_COLOURS]
    return [int(each[1:], 16) for each in every if each.startswith("#")]


def apart(parts: Any, order: Any, meant: Any) -> Any:
    """The first COLOURS of an order that are meant, or not nearly the same as one before them."""
    import numpy as np

    chosen: list[int] = []
    for at, wanted in zip(order, meant, strict=True):
        near = ((parts[chosen] - parts[at]) ** 2).sum(axis=1) if chosen else np.array([ALIKE])
        if wanted or near.min() >= ALIKE:
            chosen.append(int(at))
        if len(chosen) == COLOURS:
            break
    return np.array(chosen)


def fewer_colours(image: Any) -> Any:
    """The picture with the colours it has most of; others become the nearest of them."""
    import numpy as np
    from PySide6.QtGui import QImage

    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(plain.constBits(), np.uint32).reshape(plain.height(), -1)
    colours, where, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    parts = np.stack([colours >> shift & 255 for shift in (16, 8, 0)], axis=1).astype(np.int32)
    counts[np.isin(colours & 0xFFFFFF, named())] = plain.width() * plain.height()
    order = np.argsort(-counts)
    most = apart(parts, order, counts[order] > plain.width() * plain.height() - 1)
    distances = ((parts[:, None, :] - parts[None, most, :]) ** 2).sum(axis=2)
    nearest = distances.argmin(axis=1).astype(np.uint8)[where].reshape(pixels.shape)
    made = QImage(plain.width(), plain.height(), QImage.Format.Format_Indexed8)
    made.setColorTable([int(each) | 0xFF000000 for each in colours[most]])
    rows = np.frombuffer(made.bits(), np.uint8).reshape(plain.height(), made.bytesPerLine())
    rows[:, : plain.width()] = nearest
    return made

"""At the foot of the window: where the branch on stage stands in time; using it is replaying."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from stage.ui import words
from stage.ui.dress import fonts
from stage.ui.replay.reel import Reel
from stage.ui.replay.scrubber import STEPS, Scrubber
from stage.ui.replay.transport import Key
from stage.ui.widgets.labels import MUTED, label

SIDE = 24  # of a key, in pixels


class Rewind(QWidget):
    """Four keys, a scrubber, and where it stands in lines.

    Attributes:
        keys: the buttons by what they do.

    Signals:
        used: somebody moves in the branch; what is said there is to be seen.
    """

    used = Signal()

    def __init__(self, reel: Reel, parent: QWidget | None = None) -> None:
        """Stand at the end until it is used; nothing is read before."""
        super().__init__(parent)
        self._reel, player = reel, reel.player
        back = partial(player.step, -1, lines=True)
        made: dict[str, tuple[str, str, Callable[[], object]]] = {
            "begin": (self.tr("Replay: to the beginning"), "|<", player.begin),
            "back": (self.tr("Replay: a line back"), "<", back),
            "play": (self.tr("Replay: play"), ">", player.toggle),
            "end": (self.tr("Replay: to the end"), ">|", player.end),
        }
        self.keys: dict[str, Key] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for name, (title, drawing, do) in made.items():
            key = Key(title, drawing, self, primary=name == "play", side=SIDE)
            key.clicked.connect(partial(self._use, do))
            self.keys[name] = key
            row.addWidget(key)
        self.scrubber = Scrubber(self.tr("Place on the branch"), self)
        self.scrubber.valueChanged.connect(self._dragged)
        self._place = label(font=fonts.figures(fonts.SMALL), role=MUTED)
        row.addSpacing(6)
        row.addWidget(self.scrubber, 1)
        row.addSpacing(10)
        row.addWidget(self._place)
        reel.changed.connect(self.refresh)
        player.moved.connect(self.refresh)
        player.turned.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read the reel again."""
        player, replay = self._reel.player, self._reel.player.replay
        at, of = replay.counts if replay is not None else (self._reel.lines,) * 2
        for part in (*self.keys.values(), self.scrubber):
            part.setEnabled(of > 0)
        drawing, title = ">", self.tr("Replay: play")
        if player.playing:
            drawing, title = "||", self.tr("Replay: rest")
        self.keys["play"].draw(drawing, title)
        self.scrubber.stand(player.share if replay is not None else 1.0)
        said = self.tr("{0} of {1} · {2}×")
        said = said.format(words.number(at), words.number(of), f"{player.speed:g}")
        self._place.setText(said if of else "")

    def _use(self, do: Callable[[], object]) -> None:
        self.used.emit()
        self._reel.want(do)

    def _dragged(self, value: int) -> None:
        self._use(partial(self._reel.player.seek_share, value / STEPS))

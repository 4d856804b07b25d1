"""A replay as it is being looked at: where it stands, whether it runs and how fast."""

from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from stage.director.replaying import Replay, TokenSaid

BEAT = 40  # milliseconds between two looks at the clock
SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)


class Player(QObject):
    """Moves a replay with the clock or step by step; nothing is made anew.

    Attributes:
        replay: what is played, None for nothing.
        seconds: where it stands, at the original speed.
        speed: times as fast.

    Signals:
        moved: it stands elsewhere, or is another one.
        turned: it runs, rests, or has another speed.
    """

    moved = Signal()
    turned = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Have nothing to play."""
        super().__init__(parent)
        self.replay: Replay | None = None
        self.seconds = 0.0
        self.speed = 1.0
        self._before = 0.0
        self._timer = QTimer(self, interval=BEAT)
        self._timer.timeout.connect(self._beat)

    @property
    def playing(self) -> bool:
        """Whether it runs."""
        return self._timer.isActive()

    @property
    def share(self) -> float:
        """Where it stands of the whole, 0 to 1."""
        if self.replay is None:
            return 0.0
        length = self.replay.length
        return self.seconds / length if length else float(self.replay.at > 0)

    def load(self, replay: Replay | None) -> None:
        """Play something else; it stands at its end, as the stage does."""
        self.pause()
        self.replay = replay
        self.end()

    def play(self) -> None:
        """Run; from the end it begins again."""
        if self.replay is None or self.playing:
            return
        if self.replay.at >= len(self.replay.beats):
            self.seek(0.0)
        self._before = perf_counter()
        self._timer.start()
        self.turned.emit()

    def pause(self) -> None:
        """Rest."""
        if self.playing:
            self._timer.stop()
            self.turned.emit()

    def toggle(self) -> None:
        """Run or rest."""
        (self.pause if self.playing else self.play)()

    def seek(self, seconds: float) -> None:
        """Stand where all has happened that happens until then."""
        if self.replay is not None:
            self.seconds = min(max(0.0, seconds), self.replay.length)
            self.replay.seek(self.seconds)
        self.moved.emit()

    def seek_share(self, share: float) -> None:
        """Rest, and stand at a place of the whole, 0 to 1."""
        self.pause()
        if self.replay is not None:
            self.seek(share * self.replay.length)

    def begin(self) -> None:
        """Stand before the first line."""
        self.pause()
        self.seconds = 0.0
        if self.replay is not None:
            self.replay.at = 0
        self.moved.emit()

    def end(self) -> None:
        """Stand where everything has been said."""
        self.pause()
        if self.replay is not None:
            self.replay.at = len(self.replay.beats)
            self.seconds = self.replay.length
        self.moved.emit()

    def step(self, by: int, *, lines: bool = False) -> None:
        """Go on or back by single things said, or by lines; the clock rests."""
        self.pause()
        if self.replay is None:
            return
        self.replay.step(by, lines=lines)
        at = self.replay.at
        self.seconds = self.replay.beats[at - 1][0] if at else 0.0
        self.moved.emit()

    def faster(self, step: int) -> None:
        """Take the next speed up or down."""
        at = SPEEDS.index(self.speed) + step
        self.set_speed(SPEEDS[min(max(0, at), len(SPEEDS) - 1)])

    def set_speed(self, speed: float) -> None:
        """Run so many times as fast."""
        self.speed = speed
        self.turned.emit()

    def token(self) -> TokenSaid | None:
        """The token said last, when the last thing that happened was one."""
        if self.replay is None or not self.replay.at:
            return None
        last = self.replay.beats[self.replay.at - 1][1]
        return last if isinstance(last, TokenSaid) else None

    def _beat(self) -> None:
        now = perf_counter()
        passed, self._before = now - self._before, now
        self.seek(self.seconds + passed * self.speed)
        if self.replay is None or self.seconds >= self.replay.length:
            self.pause()

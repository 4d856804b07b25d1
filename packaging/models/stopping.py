"""Ctrl+C during a run: the step is finished and kept before the run ends."""

from __future__ import annotations

import signal
from types import FrameType


class Stopping:
    """Whether the run was asked to stop; a second Ctrl+C ends it at once."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        if self.asked:
            raise SystemExit(130)
        self.asked = True
        print("stopping after this step", flush=True)

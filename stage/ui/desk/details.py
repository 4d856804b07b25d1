"""What is stored about lines, fetched when asked for and kept for a while."""

from collections import OrderedDict
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from stage.director.director import Director
from stage.director.records import LineDetail
from stage.director.weighing.looking import Look, remembered
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.ui.desk.bridge import Bridge
from stage.ui.pacing.agenda import Agenda

KEPT = 120


@dataclass
class Reading:
    """A line's detail as the window uses it.

    Attributes:
        look: its tokens as they are stored; None for a line that no model said.
    """

    detail: LineDetail
    look: Look | None = None


class Details(QObject):
    """Readings of lines, by id.

    Signals:
        arrived: the id of a line whose reading is there now.
    """

    arrived = Signal(str)

    def __init__(
        self, director: Director, bridge: Bridge, agenda: Agenda, parent: QObject | None = None
    ) -> None:
        """Ask a director, forget what changes."""
        super().__init__(parent)
        self._director, self._agenda = director, agenda
        self._kept: OrderedDict[str, Reading] = OrderedDict()
        self._asked: set[str] = set()
        bridge.ended.connect(self._ended)

    def get(self, line_id: str) -> Reading | None:
        """The reading of a line; None while it is being fetched, see `arrived`."""
        found = self._kept.get(line_id)
        if found is not None:
            self._kept.move_to_end(line_id)
        elif line_id and line_id not in self._asked:
            self._asked.add(line_id)
            spawn(self._fetch(line_id), name="line detail")
        return found

    def known(self, line_id: str) -> Reading | None:
        """The reading of a line if it is there; nothing is fetched."""
        return self._kept.get(line_id)

    def _ended(self, event: Any) -> None:
        self._kept.pop(event.line.id, None)

    async def _fetch(self, line_id: str) -> None:
        try:
            detail = await self._director.line(line_id)
            look = await remembered(detail)
        except KnownError:
            return
        finally:
            self._asked.discard(line_id)
        self._kept[line_id] = Reading(detail, look)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self._agenda.add(partial(self.arrived.emit, line_id))

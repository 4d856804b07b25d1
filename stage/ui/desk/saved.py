"""Where one left off: window, lanes, drafts. A small JSON file; losing it loses no play."""

import json
import logging
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer

log = logging.getLogger("stage.window")
SOON = 200  # milliseconds from a change to the file, however many more come meanwhile
KEPT = 500  # plays, those that were looked at last


class Saved(QObject):
    """A dictionary that writes itself to a file soon after each change."""

    def __init__(self, file: Path | None, parent: QObject | None = None) -> None:
        """Read the file; None keeps everything in memory only."""
        super().__init__(parent)
        self._file = file
        self._data = _read(file)
        self._texts: dict[str, str] = {}  # of plays, as JSON: only those that change are made anew
        self._timer = QTimer(self, singleShot=True, interval=SOON)
        self._timer.timeout.connect(self.write)

    def get(self, key: str, default: Any = None) -> Any:
        """What was kept under a key."""
        return self._data.get(key, default)

    def put(self, key: str, value: Any) -> None:
        """Keep a value that JSON can hold."""
        if self._data.get(key) != value:
            self._data[key] = value
            self._changed()

    def of_play(self, play: str) -> dict[str, Any]:
        """What was kept for one play."""
        plays = self._data.get("plays")
        found = plays.get(play) if isinstance(plays, dict) else None
        return dict(found) if isinstance(found, dict) else {}

    def put_play(self, play: str, **values: Any) -> None:
        """Keep values for one play beside those kept already."""
        plays, known = self._data.get("plays"), self.of_play(play)
        if all(key in known and known[key] == value for key, value in values.items()):
            return
        if not isinstance(plays, dict):
            plays = self._data["plays"] = {}
        plays.pop(play, None)  # the last one comes last
        plays[play] = {**known, **values}
        self._texts.pop(play, None)
        for longest_ago in list(plays)[:-KEPT]:
            del plays[longest_ago]
            self._texts.pop(longest_ago, None)
        self._changed()

    def write(self) -> None:
        """Write the file now. A file that cannot be written is logged, once is enough."""
        self._timer.stop()
        if self._file is None:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._file.with_suffix(".new")
            fresh.write_text(self._written(), "utf-8")
            fresh.replace(self._file)
        except OSError as error:
            log.info("the state of the window could not be kept: %s", error.strerror)
            self._file = None

    def _changed(self) -> None:
        if self._file is not None and not self._timer.isActive():
            self._timer.start()

    def _written(self) -> str:
        """All of it as JSON."""
        rest = {key: value for key, value in self._data.items() if key != "plays"}
        plays = self._data.get("plays")
        for play, kept in plays.items() if isinstance(plays, dict) else ():
            if play not in self._texts:
                self._texts[play] = f"{json.dumps(play)}: {json.dumps(kept)}"
        told = json.dumps(rest)[1:]
        between = ", " if rest else ""
        return f'{{"plays": {{{", ".join(self._texts.values())}}}{between}{told}'


def _read(file: Path | None) -> dict[str, Any]:
    try:
        data = json.loads(file.read_text("utf-8")) if file else {}
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}

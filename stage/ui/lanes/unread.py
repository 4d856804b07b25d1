"""Which lines nobody has read: those that came while another path was shown."""

from collections.abc import Set

from stage.ui.desk.saved import Saved

MOST = 2_000  # lines that are remembered at most


class Unread(set[str]):
    """Ids of lines, kept with the play in the state of the window."""

    def __init__(self, saved: Saved) -> None:
        """Keep them in `saved`."""
        super().__init__()
        self._saved = saved
        self._play = ""

    def of(self, play: str) -> None:
        """Tell those of another play, "" for none."""
        self._play = play
        kept = self._saved.of_play(play).get("unread")
        self.clear()
        self.update(map(str, kept if isinstance(kept, list) else ()))

    def came(self, line: str) -> None:
        """A line came that is not shown."""
        self.add(line)
        self._keep()

    def seen(self, lines: Set[str]) -> bool:
        """Lines are shown; tells whether any of them was unread."""
        found = bool(self & lines)
        self.difference_update(lines)
        if found:
            self._keep()
        return found

    def _keep(self) -> None:
        if self._play:
            self._saved.put_play(self._play, unread=sorted(self)[-MOST:])

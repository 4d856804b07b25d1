from __future__ import annotations

from stage.ui.replay.playback import Playback
from tests.ui.helpers import play
from tests.ui.replay.test_player import replay


def test_what_is_seen_at_every_place() -> None:
    of, made = play(), replay()
    shown = Playback(of, made)
    seen = []
    for at in range(len(made.beats) + 1):
        made.at = at
        seen.append([(each.text, each.running) for each in shown.entries()])
    assert seen == [
        [],
        [("", True)],
        [("One", True)],
        [("One two.", False)],
        [("One two.", False)],
        [("One two.", False), ("Typed.", False)],
        [("One two.", False), ("Typed.", False)],
    ]
    assert shown.entries()[0] is shown.entries()[0], "lines that ended are made once"


def test_ticks_stand_where_lines_begin() -> None:
    assert [share for share, _ in Playback(play(), replay()).ticks()] == [0.0, 1.0]

from __future__ import annotations

from typing import Any

from stage.director.replaying import LineBegins, LineEnds, Replay, TokenSaid
from stage.ui.replay.player import SPEEDS, Player
from tests.ui.helpers import line


def replay() -> Replay:
    one, two = line("a", "r", "One two."), line("b1", "a", "Typed.", model=None, reason=None)
    return Replay(
        [
            (0.0, LineBegins(one, None)),
            (0.1, TokenSaid("a", 0, 1, "One", -0.1, True)),
            (0.2, TokenSaid("a", 1, 2, " two.", -0.2, True)),
            (0.2, LineEnds(one)),
            (0.3, LineBegins(two, "Typed.")),
            (0.3, LineEnds(two)),
        ]
    )


def player() -> Player:
    made = Player()
    made.load(replay())
    return made


def test_it_stands_at_the_end_and_goes_to_both_ends(qapp: Any) -> None:
    made = player()
    assert made.replay is not None
    assert made.replay.at == 6
    made.begin()
    assert (made.replay.at, made.seconds) == (0, 0.0)
    made.end()
    assert made.seconds == 0.3


def test_steps_by_tokens_and_by_lines_forwards_and_back(qapp: Any) -> None:
    made = player()
    made.begin()
    made.step(1)
    made.step(1)
    said = made.token()
    assert said is not None
    assert said.text == "One"
    made.step(-1)
    assert made.token() is None
    made.step(1, lines=True)
    assert made.seconds == 0.3
    made.step(-1, lines=True)
    assert made.seconds == 0.0


def test_it_runs_with_the_clock_and_rests_at_the_end(qapp: Any, qtbot: Any) -> None:
    made = player()
    seen: list[float] = []
    made.moved.connect(lambda: seen.append(made.seconds))
    made.set_speed(8.0)
    made.toggle()
    assert made.playing
    qtbot.waitUntil(lambda: not made.playing, timeout=20_000)
    assert seen[-1] == 0.3
    assert seen == sorted(seen)


def test_speeds_stop_at_both_ends(qapp: Any) -> None:
    made = player()
    for _ in range(20):
        made.faster(1)
    assert made.speed == SPEEDS[-1]
    for _ in range(20):
        made.faster(-1)
    assert made.speed == SPEEDS[0]


def test_with_nothing_to_play_nothing_happens(qapp: Any) -> None:
    made = Player()
    made.load(None)
    made.play()
    made.step(1)
    made.seek(3.0)
    assert not made.playing
    assert made.token() is None

from dataclasses import replace

from stage.director.events import LineEnded, LineGrew, LineStarted, Progress, TurnEnded
from stage.director.runs.asking import Asked
from stage.director.runs.live import Live
from stage.play.line import Cut, Status
from stage.play.token import Token
from tests.ui.helpers import line, play


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def begun(takes=2, models=("base",)):
    clock, of = Clock(), play()
    run = Live("t", of, "a", Asked(("ada",), models, takes), clock)
    run.state = "running"
    lines = [line(f"n{at}", "a", status=Status.RUNNING, reason=None, generated=0, take=at)
             for at in range(takes)]  # fmt: skip
    for each in lines:
        run.hear(LineStarted(each, 40 + each.take, {"chain": []}))
    return run, clock, lines


def grow(run, clock, of, many, at):
    clock.now = at
    said = run.takes[of.id].line
    token = Token(0, b"x", -1.0)
    run.hear(LineGrew(replace(said, generated=said.generated + many), (token,) * many, at))


def test_nothing_is_known_before_anything_is_measured():
    run, clock, lines = begun()
    assert (run.speed(), run.left({"base": 20.0}), run.tokens) == (None, None, 0)
    grow(run, clock, lines[0], 5, 1.0)  # came with the prompt: its time is not known
    assert (run.speed(), run.tokens) == (None, 5)
    run.hear(LineEnded(lines[0], 1.0))
    assert [each.seed for each in run.takes.values()] == [40, 41], "known as soon as they begin"
    assert run.takes["n0"].sampler == {"chain": []}, "nor forgotten at the end"


def test_the_time_left_follows_from_what_was_measured():
    run, clock, lines = begun()
    grow(run, clock, lines[0], 1, 1.0)
    grow(run, clock, lines[0], 9, 2.0)
    grow(run, clock, lines[1], 10, 3.0)
    assert run.speed() == 9.5
    assert run.left({}) is None  # nobody knows how long a take will be
    assert run.left({"base": 29.0}) == 2 * 29 / 9.5
    run.hear(LineEnded(replace(run.takes["n0"].line, status=Status.COMPLETE, reason=Cut.EOG), 3.0))
    assert run.ended == 1
    assert run.left({"base": 500.0}) == 20 / 9.5  # takes of this run count for more


def test_a_stopped_take_says_nothing_of_the_others():
    run, clock, lines = begun(3)
    grow(run, clock, lines[0], 1, 1.0)
    grow(run, clock, lines[0], 9, 2.0)
    run.hear(LineEnded(replace(run.takes["n0"].line, reason=Cut.USER), 2.0))
    assert run.left({}) is None


def test_what_models_get_ready_and_what_failed():
    run, _, _ = begun()
    run.takes.clear()
    assert run.empty
    run.hear(Progress("p", "a", "base", "reading prompt", 5, 10))
    assert run.reading.done == 5
    run.hear(TurnEnded("p", "a", (), ("Gone.",), (("base", "Gone."),)))
    assert (run.failures[0].model, run.empty) == ("base", False)

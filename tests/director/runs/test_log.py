import pytest

from stage.director.records import RunTake
from stage.director.runs.asking import Asked
from stage.director.runs.log import Failure, Run, to_json, usual
from tests.ui.helpers import play


def take(line, model="base", reason="eog", **more):
    given = {
        "speaker": "ada", "number": 1, "seed": 3, "mode": "batched", "sampler": {},
        "started": 10.0, "ended": 14.0, "error": None, "tokens": 20, "seconds": 3.0,
        "hidden": False, **more,
    }  # fmt: skip
    return RunTake(line=line, model=model, reason=reason, **given)


def run(*takes, asked=4, failures=()):
    return Run("t", "p", "a", Asked(("ada",), ("base",), asked), takes, tuple(failures))


FAILED = Failure("ada", "base", "Gone.")


@pytest.mark.parametrize(
    ("made", "state"),
    [
        (run(*(take(str(at)) for at in range(4))), "done"),
        (run(take("1"), take("2", reason="user")), "cancelled"),
        (run(take("1"), failures=[FAILED]), "part failed"),
        (run(failures=[FAILED]), "failed"),
        (run(take("1", reason="length"), asked=1), "done"),
    ],
)
def test_what_came_of_it(made, state):
    assert made.state == state


def test_what_is_counted():
    made = run(
        take("1"), take("2", reason="user", ended=15.0), take("3", reason="error", hidden=True)
    )
    assert (made.done, made.stopped, made.failed, made.lacking, made.deleted) == (1, 1, 1, 1, 1)
    assert (made.tokens, made.seconds, made.speed) == (60, 5.0, 12.0)
    assert made.lengths().n == 1
    empty = run()
    assert (empty.begun, empty.seconds, empty.speed, empty.lengths()) == (None, 0.0, None, None)


def test_the_usual_length_is_that_of_takes_that_came_to_their_end():
    made = run(take("1", tokens=10), take("2", tokens=30), take("3", reason="user", tokens=900))
    assert usual([made, run(take("4", model="chat", tokens=7))]) == {"base": 20.0, "chat": 7.0}


def test_numbers_for_machines_have_n_and_interval():
    told = to_json(run(*(take(str(at)) for at in range(6)), asked=6), play())
    assert told["generated_a_take"]["n"] == 6
    assert told["generated_a_take"]["low"] == 20.0
    assert (told["asked"], told["done"], told["members"]) == (6, 6, ["Ada"])
    assert told["model_titles"] == ["stage-base"]

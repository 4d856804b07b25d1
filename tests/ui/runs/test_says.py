from __future__ import annotations

from dataclasses import replace

import pytest

from stage.director.events import Progress
from stage.director.runs.asking import Asked
from stage.director.runs.log import Failure
from stage.director.runs.told import Told
from stage.ui.runs import says
from tests.ui.helpers import play
from tests.ui.runs.making import take

RUN = Told("t", "a", Asked(("ada", "ben"), ("base",), 4), "running", 3, 2, tokens=90)


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (RUN, "running, 3 of 8"),
        (replace(RUN, state="queued", place=2), "queued, number 2"),
        (replace(RUN, state="cancelled"), "cancelled, 2 of 8"),
        (replace(RUN, state="part failed"), "part failed, 2 of 8"),
        (replace(RUN, state="done"), "done"),
    ],
)
def test_states_have_numbers(run: Told, said: str) -> None:
    assert says.state(run) == said


def test_the_time_left_is_unknown_until_something_is_measured() -> None:
    assert "unknown" in says.rest(RUN)
    assert says.rest(replace(RUN, left=200.0)) == "About 3 min 20 s left."
    reading = Progress("p", "a", "base", "reading prompt", 512, 2048)
    assert says.rest(replace(RUN, tokens=0, reading=reading)) == "reading prompt 512/2,048"
    assert says.rest(replace(RUN, state="done")) == ""


def test_what_it_was_and_what_came_of_it() -> None:
    made = play()
    assert says.title(RUN, made) == "8 takes, Ada, Ben"
    assert says.models(RUN, made) == "stage-base"
    assert says.line(made, "a") == "Ada: First words."
    assert says.line(made, "r") == "the beginning"
    gone = replace(RUN, state="part failed", stopped=1, seconds=12.4, speed=7.25, deleted=1)
    assert says.facts(gone) == [
        "12 s", "90 tokens generated", "7.2 tokens/s",
        "1 stopped", "5 never begun", "1 in the bin since",
    ]  # fmt: skip
    failed = replace(RUN, failures=(Failure("ada", "base", "Gone."),), refused="No line.")
    assert says.reasons(failed, made) == "No line.\nstage-base, Ada: Gone."


def test_seeds() -> None:
    assert says.seeds([3, 4], None) == "seed of the play"
    assert says.seeds([3], 7) == "seed 7 (3)"


def test_samplers_that_differ_are_told_by_model_in_the_scene_s_order() -> None:
    warm = {"chain": [{"name": "temperature", "t": 1.0}, {"name": "dist"}]}
    chat, base = take("a", 1), take("b", 2, model="base", sampler=warm)
    assert says.samplers([chat, take("c", 3)], play()) == ["greedy, always the likeliest"]
    assert says.samplers([chat, base], play()) == [
        "stage-base: temp 1, nothing cut",
        "stage-chat: greedy, always the likeliest",
    ]

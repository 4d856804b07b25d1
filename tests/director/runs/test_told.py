from stage.director.runs.asking import Asked
from stage.director.runs.live import Live
from stage.director.runs.told import of_live, of_log
from tests.director.runs.test_log import FAILED, run, take
from tests.ui.helpers import play


def live():
    return Live("t", play(), "a", Asked(("ada",), ("base",), 4))


def test_a_run_that_waits_has_a_place():
    one, two = live(), live()
    told = of_live(two, {}, [one, two])
    assert (told.state, told.place, told.on, told.lacking) == ("queued", 2, True, 4)


def test_a_run_that_never_began_is_cancelled_or_says_why():
    made = live()
    made.state = "ended"
    assert of_live(made, {}, []).state == "cancelled"
    made.refused = "The play has no line a."
    assert (of_live(made, {}, []).state, of_live(made, {}, []).refused) == ("failed", made.refused)


def test_a_run_of_the_log_is_told_as_it_is():
    told = of_log(run(take("1"), take("2", reason="user"), failures=[FAILED]))
    assert (told.state, told.ended, told.done, told.stopped) == ("part failed", 2, 1, 1)
    assert (told.on, told.lacking, told.speed) == (False, 2, 10.0)

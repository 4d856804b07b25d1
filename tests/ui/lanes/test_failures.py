"""What went wrong in a lane."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QPlainTextEdit

from stage.director.events import LineStarted, ModelChanged
from stage.director.turns.performing import Turn
from stage.play.line import Status
from stage.ui.desk.desk import Desk
from stage.ui.dialogs.sheets import PromptSheet
from stage.ui.lanes.lane import LaneView
from stage.ui.widgets.buttons import Link
from tests.ui.helpers import Part, line


def test_a_failure_is_a_card_at_the_foot_that_can_be_tried_again(
    desk: Desk, part: Part, shown: Any
) -> None:
    lane = shown(LaneView(desk, 0), 500, 400)
    desk.turns.failed.emit(1, "Not mine.", None)
    assert lane.failures.cards == []
    desk.turns.failed.emit(0, "No room.", Turn("b1", "ada", ("base",)))
    desk.turns.failed.emit(0, "Still no room.", Turn("b1", "ada", ("base",)))
    (card,) = lane.failures.cards
    assert card.accessibleName() == "stage-base: Still no room."
    card.retried.emit()
    assert part.turns()[-1].parent == "b1"
    assert lane.failures.cards == []


def test_tried_again_a_turn_is_shown_in_place_of_what_was_left_of_it(
    desk: Desk, part: Part, shown: Any
) -> None:
    lane = shown(LaneView(desk, 0), 500, 400)
    part.play.tree.add(line("cut", "b1", "", status=Status.INTERRUPTED))
    desk.session.move(0, "cut")
    desk.turns.failed.emit(0, "It was killed.", Turn("b1", "ada", ("base",)))
    lane.failures.cards[0].retried.emit()
    assert desk.session.lanes[0].leaf == "b1"
    assert part.turns()[-1].parent == "b1"


def test_what_could_not_be_done_is_over_once_something_can(
    desk: Desk, part: Part, shown: Any
) -> None:
    lane = shown(LaneView(desk, 0), 500, 400)
    desk.turns.failed.emit(0, "Nobody is called @Bne.", None)
    assert len(lane.failures.cards) == 1
    desk.turns.typed.emit()
    assert lane.failures.cards == []
    desk.turns.failed.emit(0, "No room.", Turn("b1", "ada", ("base",)))
    desk.turns.typed.emit()
    assert len(lane.failures.cards) == 1, "it may still be tried again"


def test_a_crash_says_where_to_change_the_model_and_what_its_worker_wrote(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    lane = shown(LaneView(desk, 0), 600, 400)
    path = str(part.play.models["base"])
    rows = ("ggml_abort", "<b>signal 6</b>")
    desk.bridge.model_changed.emit(ModelChanged(path, "crashed", None, "It ended.", rows))
    desk.turns.failed.emit(0, "The worker ended by signal 6.", Turn("b1", "ada", ("base",)))
    (card,) = lane.failures.cards
    links = {each.text(): each for each in card.findChildren(Link)}
    assert list(links) == ["Try again", "Models", "Details", "Close"]
    asked: list[str] = []
    desk.wishes.action.connect(asked.append)
    links["Models"].click()
    assert asked == ["view-models"]
    links["Details"].click()
    loop.until(lambda: bool(lane.findChildren(PromptSheet)))
    (sheet,) = lane.findChildren(PromptSheet)
    assert sheet.findChild(QPlainTextEdit).toPlainText() == "\n".join(rows)
    sheet.reject()
    loop.settle()


def test_a_card_goes_when_the_model_that_failed_speaks(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    lane = shown(LaneView(desk, 0), 500, 400)
    desk.turns.failed.emit(0, "No room.", Turn("b1", "ada", ("base",)))
    for name, model, left in (("n", "chat", 1), ("m", "base", 0)):
        made = line(name, "b1", status=Status.RUNNING, reason=None, model=model)
        part.play.tree.add(made)
        part.told.fire(LineStarted(made))
        assert len(lane.failures.cards) == left

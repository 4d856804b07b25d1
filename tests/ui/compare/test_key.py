from __future__ import annotations

from typing import Any

from stage.ui.compare.page import Page
from stage.ui.desk.desk import Desk


def test_segments_tint_and_colours_are_explained(page: Page, desk: Desk) -> None:
    key = page.key
    assert [each.isChecked() for each in key.tints] == [True, False, False, False]
    assert not key.scale.isVisible()
    key.tints[2].click()
    assert page.turns.tinting == "difference"
    assert key.scale.isVisible()
    said = key.scale.accessibleName()
    assert (
        said == "Likelier to stage-base, or to stage-chat; the strongest colour: by 3 nats or more"
    )
    key.tints[1].click()
    assert key.scale.accessibleName() == "0 \u2013 6 nats or more"
    key.tints[3].click()
    assert (page.turns.tinting, key.scale.isVisible()) == ("nothing", False)


def test_blind_nothing_is_offered_that_gives_a_model_away(page: Page, desk: Desk) -> None:
    page.key.tints[2].click()
    desk.compared.set_blind(True)
    enabled = [each.isEnabled() for each in page.key.tints]
    assert enabled == [True, False, False, True]
    assert [each.isChecked() for each in page.key.tints] == [True, False, False, False]
    assert not page.key.scale.isVisible()
    assert not page.top.takes.isEnabled()
    desk.compared.set_blind(False)
    assert [each.isChecked() for each in page.key.tints] == [False, False, True, False]
    assert page.key.scale.isVisible()


def test_what_is_being_scored_is_told_and_can_be_stopped(page: Page, desk: Desk, loop: Any) -> None:
    assert not page.key.scoring.stop.isVisible()
    desk.looks._say("stage-base reads")
    assert page.key.scoring.state.text() == "stage-base reads"
    assert page.key.scoring.stop.isVisible()

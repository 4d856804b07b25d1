"""Lines are found by words, tags, titles and who says them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from stage.ui.desk.desk import Desk
from stage.ui.outline.finder import Finder
from tests.ui.helpers import Part
from tests.ui.outline.test_survey import tell


def test_words_tags_and_speakers_are_found(looked: Desk, part: Part, loop: Any) -> None:
    survey = looked.survey
    finder = Finder(looked.director, looked.session, survey)
    tell(part, replace(part.play.tree["c"], labels={"tag:good": {}, "chapter": "Harbour"}))
    for typed, wanted in (
        ("three", {"b3"}), ("ADA", {"a", "c"}), ("#goo", {"c"}), ("harb", {"c"}), ("zz", set()),
    ):  # fmt: skip
        assert loop.run(finder.find(typed)) == wanted, typed
    tell(part, replace(part.play.tree["b3"], hidden=True))
    assert loop.run(finder.find("three")) == set()
    survey.look(hidden=True)
    assert loop.run(finder.find("three")) == {"b3"}

"""A persona from nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from stage.director.cards import known
from stage.kit import paths
from stage.ui.dialogs.new_persona import NewPersona


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGE_HOME", str(tmp_path / "home"))


def test_what_is_written_is_a_card_of_ones_own(shown: Any, loop: Any) -> None:
    made = shown(NewPersona())
    assert not made.keep.isEnabled()
    made.name.setText("Nell Green")
    made.description.setPlainText("You mend nets.")
    made.greeting.setPlainText("Mind the hooks, {{user}}.")
    made.keep.click()
    loop.until(lambda: made.made is not None)
    name, persona = made.made
    assert name == "nell-green"
    assert paths.personas().joinpath("nell-green.json").is_file()
    assert persona.greetings == ("Mind the hooks, {{user}}.",)
    assert loop.run(known())[name] == persona


def test_a_name_that_cannot_be_one_is_said_and_nothing_is_lost(shown: Any, loop: Any) -> None:
    made = shown(NewPersona())
    made.name.setText("A: B")
    made.description.setPlainText("You stay.")
    made.keep.click()
    loop.until(lambda: made.error.isVisible())
    assert "cannot label a line" in made.error.text()
    assert made.isVisible()
    assert made.description.toPlainText() == "You stay."

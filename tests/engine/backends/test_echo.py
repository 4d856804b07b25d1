from __future__ import annotations

from pathlib import Path

import pytest

from stage.engine.backends import BACKENDS
from stage.engine.backends.echo import EOG, EchoRunner
from stage.engine.orders import LoadSettings
from stage.engine.worker.runner import GivenUp
from tests.engine.helpers import Rig


def test_without_a_script_it_says_that_it_hears() -> None:
    rig = Rig()
    rig.ask("r", "Ann: Hello\nBob:")
    rig.finish()
    assert rig.said("r.0") == b" I hear you."


def test_it_knows_its_control_tokens() -> None:
    runner = EchoRunner(Path("none"), LoadSettings())
    assert runner.tokenise("a<eog>b<", special=True) == [97, EOG, 98, 60]
    assert runner.written(EOG) == b"<eog>"


def test_loading_can_be_given_up() -> None:
    with pytest.raises(GivenUp):
        BACKENDS["echo"].open(Path("load-slow"), LoadSettings(), 1, lambda done: done < 0.01)

"""stage undo names itself; what it does is in test_do.py."""

from tests.app.commands.conftest import Stage


def test_it_needs_a_play(stage: Stage) -> None:
    assert stage("undo").code == 2

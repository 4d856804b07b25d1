import pytest

from stage.app.checks.finding import Finding


@pytest.mark.parametrize(
    ("fix", "blocks", "level"),
    [
        ("", "", "ok"),
        ("Do this.", "", "warning"),
        ("Do this.", "window", "warning"),
        ("Do this.", "everything", "error"),
    ],
)
def test_the_level_is_the_command_lines(fix: str, blocks: str, level: str) -> None:
    found = Finding("x", "It is so.", fix, blocks)  # type: ignore[arg-type]
    assert found.level == level
    assert found.row()["ok"] is (level == "ok")


def test_a_row_has_the_documented_keys() -> None:
    row = Finding("x", "It is so.", "Do this.", details={"a": 1}).row()
    assert list(row) == ["check", "ok", "level", "sentence", "fix", "details"]


def test_it_is_told_with_its_fix() -> None:
    assert Finding("x", "It is so.", "Do this.").told() == "It is so. Do this."
    assert Finding("x", "It is so.").told() == "It is so."

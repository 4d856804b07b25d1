import json

import pytest


@pytest.mark.parametrize("form", ["markdown", "jsonl"])
def test_a_play_is_exported(form, played, stage):
    said = stage("export", played[-1]["play"], "--format", form)
    assert said.code == 0
    if form == "jsonl":
        rows = [json.loads(line) for line in said.out.splitlines()]
        assert {row["id"] for row in rows} >= {row["id"] for row in played[:-1]}
    else:
        assert "The stairs" in said.out
        assert "**Guest" in said.out


def test_an_unknown_form_is_bad_input(played, stage):
    assert stage("export", played[-1]["play"], "--format", "papyrus").code == 2

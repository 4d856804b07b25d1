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


def test_what_a_form_does_not_keep_is_told(played, stage, tmp_path):
    play, line = played[-1]["play"], played[-1]["leaf"]
    said = stage("export", play, "--output", tmp_path / "play.md", "--json")
    assert said.code == 0, said.err
    *losses, written = said.rows
    assert {row["event"] for row in losses} == {"loss"}
    assert {"branches", "tokens", "history"} <= {row["code"] for row in losses}
    assert (written["event"], len(written["sha256"])) == ("written", 64)
    assert "Not kept: lines of other branches" in stage("export", play).err
    whole = stage("export", play, "--format", "stage", "--output", tmp_path / "p.stage.jsonl")
    assert "Not kept" not in whole.out + whole.err
    rows = stage("export", play, "--format", "jsonl", "--under", line)
    assert [json.loads(row)["id"] for row in rows.out.splitlines()] == [line]

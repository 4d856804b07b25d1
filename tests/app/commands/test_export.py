import base64
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


def test_tokens_are_read_back_by_plain_json(played, stage, tmp_path):
    """Five numbers that Stage tells, made again from the file alone."""
    play, file = played[-1]["play"], tmp_path / "all.jsonl"
    said = stage("export", play, "--format", "tokens", "--prompts", "--output", file)
    assert said.code == 0, said.err
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert {row["id"] for row in rows} == {row["id"] for row in stage("tree", play, "--json").rows}
    told = stage("stats", play, "--json").rows
    for group in told:
        mine = [row for row in rows if row["model"] == group["model"] and not row["hidden"]]
        lines = [[each for each in row["tokens"] if each["in_line"]] for row in mine]
        nats = [-each["logprob"] for line in lines for each in line]
        numbers = {each["id"]: each["found"] for each in group["measures"]}
        assert numbers["nats_by_line"][0]["value"] == pytest.approx(sum(nats) / len(nats))
        assert numbers["tokens"][0]["value"] == len(nats)
        assert numbers["length"][0]["value"] == pytest.approx(len(nats) / len(mine))
        shares = {each["name"]: each["value"] for each in numbers["stops"]}
        for name, share in shares.items():
            assert share == pytest.approx(sum(row["stop"] == name for row in mine) / len(mine))
        waits = [row["timings"]["first_token"] for row in mine]
        assert numbers["first_token"][0]["value"] == pytest.approx(sum(waits) / len(waits))
    for row in (row for row in rows if row["model"]):
        spelt = b"".join(
            base64.b64decode(each["b64"]) if "b64" in each else each["text"].encode()
            for each in row["tokens"]
        )
        assert spelt.decode("utf-8", "replace") == row["raw_text"]
        assert row["prompt_tokens"] == len(row["prompt"]["tokens"]) > 0
        assert row["seed"] is not None
        assert row["sampler"]["chain"]


def test_all_plays_or_what_is_searched_for(played, stage):
    one = stage("export", "--all", "--format", "tokens")
    assert {json.loads(row)["play"] for row in one.out.splitlines()} == {played[-1]["play"]}
    few = stage("export", "--search", "model:base", "is:kept", "--format", "tokens")
    assert {json.loads(row)["model"] for row in few.out.splitlines()} == {"base"}
    assert stage("export", "--all").code == 2
    assert stage("export").code == 2
    assert stage("export", "--search", "nowhere-found", "--format", "tokens").code == 2
    assert stage("export", played[-1]["play"], "--prompts").code == 2

import math


def test_a_typed_line_is_scored_by_each_model_and_never_stored(played, stage):
    play = played[-1]["play"]
    before = stage("tree", play, "--json")
    typed = next(row for row in before.rows if row["speaker"] == "Guest")
    said = stage("surprisal", typed["id"], "--model", "base", "stage-chat", "--json")
    assert said.code == 0, said.err
    assert [row["model"] for row in said.rows] == ["base", "stage-chat"]
    for row in said.rows:
        assert row["as"] == "Guest"
        assert row["bytes"] == len(typed["text"].encode())
        assert row["nats"] > 0
        assert math.isclose(row["nats_per_byte"], row["nats"] / row["bytes"])
        assert row["tokens"] > 0
    assert stage("tree", play, "--json").out == before.out
    words = stage("surprisal", typed["id"], "--model", "base", "--frame", "screenplay")
    assert "frame screenplay" in words.out


def test_of_its_own_line_a_model_is_told_as_it_said_it_too(played, stage):
    rows = stage("tree", played[-1]["play"], "--json").rows
    line = next(row for row in rows if row["model"] == "base")
    one, other = stage("surprisal", line["id"], "--model", "base", "chat", "--json").rows
    tokens = [each for each in stage("line", line["id"], "--json").rows[0]["tokens"]
              if each["in_line"]]  # fmt: skip
    assert one["as_said"]["n"] == len(tokens)
    mean = -sum(each["logprob"] for each in tokens) / len(tokens)
    assert math.isclose(one["as_said"]["value"], mean)
    assert other["as_said"] is None
    assert f"of {len(tokens)} tokens" in stage("surprisal", line["id"], "--model", "base").out


def test_what_cannot_be_scored_is_told(stage, tmp_path):
    assert stage("surprisal", "none", library=tmp_path / "none.db").code == 2

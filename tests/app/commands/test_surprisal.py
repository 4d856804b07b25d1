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


def test_what_cannot_be_scored_is_told(stage, tmp_path):
    assert stage("surprisal", "none", library=tmp_path / "none.db").code == 2

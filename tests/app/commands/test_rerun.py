def test_a_strict_take_of_a_demo_model_repeats(stage, shipped):
    words = ("--turns", 1, "--takes", 1, "--seed", 7, "--strict", "--json")
    made = stage("play", shipped / "scenes" / "3-both.toml", *words)
    assert made.code == 0, made.err
    lines = [row for row in made.rows if row["event"] == "line"]
    assert {row["model"] for row in lines} == {"base", "chat"}
    assert stage("line", lines[0]["id"], "--json").rows[0]["mode"] == "strict"
    for line in lines:
        said = stage("rerun", line["id"], "--strict", "--json")
        assert said.code == 0, said.err
        (row,) = said.rows
        assert row["equal"] is True
        assert {"equal", "index", "stored", "new", "why"} <= set(row)
        assert row["n"] == line["generated"]
    weighed = stage("rerun", lines[0]["id"])
    assert "tokens scored again: |delta logprob|" in weighed.out


def test_a_line_that_is_not_there_is_bad_input(stage, played):
    said = stage("rerun", "nobody", "--strict")
    assert said.code == 2
    assert len(said.err.strip().splitlines()) == 1

from stage.measures.spread import share

KEYS = [
    "play",
    "at",
    "model",
    "model_title",
    "file",
    "candidates",
    "someone_new",
    "ends",
    "goes_on",
    "notes",
]


def test_any_model_tells_whom_it_expects_at_any_line(played, stage):
    play, line = played[-1]["play"], played[0]["id"]
    words = ["--at", line, "--model", "stage-chat", "--frame", "untitled", "--newcomers", 8]
    said = stage("next", play, *words, "--json")
    assert said.code == 0, said.err
    row = said.rows[0]
    assert list(row) == [*KEYS, "newcomers"]
    assert row["at"] == line
    assert [list(each) for each in row["candidates"]] == [["name", "p", "logprob"]] * 5
    names = {each["name"] for each in row["candidates"]}
    assert names == {"Iris", "Marlow", "Assistant", "Guest", "Narrator"}
    assert 0 < sum(each["p"] for each in row["candidates"]) + row["someone_new"] <= 1 + 1e-9
    assert 0 <= row["ends"] + row["goes_on"] <= 1 + 1e-9
    found = row["newcomers"]
    assert found["found"] == sum(found["names"].values()) <= found["sampled"] == 8
    assert found["share"] == share(found["found"], 8).to_json()
    told = stage("next", play)
    assert told.out.startswith("stage-base was asked.")
    assert "someone new, at most" in told.out
    assert "goes on" in told.out
    said = stage("next", play, "--at", "none")
    assert (said.code, "no line none" in said.err) == (2, True)


def test_what_cannot_be_asked_is_told(stage, tmp_path):
    said = stage("next", "x", "--frame", "self")
    assert (said.code, "invalid choice" in said.err) == (2, True)
    said = stage("next", "x", library=tmp_path / "none.db")
    assert (said.code, "no library" in said.err) == (2, True)

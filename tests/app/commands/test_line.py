def test_everything_stored_about_a_line(played, stage):
    row = played[0]
    detail = stage("line", row["id"], "--json").rows[0]
    assert detail["id"] == row["id"]
    assert detail["text"] == row["text"]
    tokens = detail["tokens"]
    assert len(tokens) == row["generated"]
    assert all(set(each) == {"id", "text", "logprob", "top", "in_line"} for each in tokens)
    rows = stage("export", row["play"], "--format", "tokens").rows
    told = next(each for each in rows if each.get("id") == row["id"])["tokens"]
    assert [each["in_line"] for each in tokens] == [each["in_line"] for each in told]
    said = "".join(each["text"] for each in tokens if each["in_line"])
    assert said.strip() == detail["text"]
    assert detail["seed"] >= 0
    assert detail["prompt"]["tokens"]
    assert detail["model"]["sha256"]
    assert detail["persona"]["card"]["data"]["name"] == row["speaker"]


def test_words_for_people_and_an_unknown_line(played, stage):
    said = stage("line", played[0]["id"])
    assert said.code == 0
    assert "logprob" in said.out
    assert stage("line", "nothing").code == 2

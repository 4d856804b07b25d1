def test_everything_stored_about_a_line(played, stage):
    row = played[0]
    detail = stage("line", row["id"], "--json").rows[0]
    assert detail["id"] == row["id"]
    assert detail["text"] == row["text"]
    assert len(detail["tokens"]) == row["tokens"]
    assert [set(token) for token in detail["tokens"]] == [{"id", "text", "logprob", "top"}] * len(
        detail["tokens"]
    )
    assert detail["seed"] >= 0
    assert detail["prompt"]["tokens"]
    assert detail["model"]["sha256"]
    assert detail["persona"]["card"]["data"]["name"] == row["speaker"]


def test_words_for_people_and_an_unknown_line(played, stage):
    said = stage("line", played[0]["id"])
    assert said.code == 0
    assert "logprob" in said.out
    assert stage("line", "nothing").code == 2

import json


def test_takes_are_told_by_model_with_n_and_interval(played, stage):
    play = played[-1]["play"]
    said = stage("stats", play, "--json")
    assert said.code == 0, said.err
    assert {row["model"] for row in said.rows} == {"base", "chat"}
    assert {row["model_title"] for row in said.rows} == {"stage-base", "stage-chat"}
    made = [row for row in played[:-1] if row["model"] == "base"]
    base = next(row for row in said.rows if row["model"] == "base")
    assert base["n"] == len(made)
    stored = [stage("line", each, "--json").rows[0] for each in base["lines"]]
    assert base["seeds"] == [each["seed"] for each in stored]
    assert base["samplers"] == [{"sampler": stored[0]["sampler"], "n": len(made)}]
    tokens = next(each for each in base["measures"] if each["id"] == "tokens")
    assert tokens["found"][0]["n"] == len(made)
    assert set(tokens["found"][0]) == {"name", "value", "n", "low", "high", "level", "method"}
    under = {
        (each["model"], each["condition"]): each["found"]
        for each in base["measures"]
        if each["unit"] == "nats/token"
    }
    bits = [each["found"] for each in base["measures"] if each["unit"] == "bits/byte"]
    assert len(bits) == 1 + 2 * 2
    assert bits[0] == bits[1] == bits[2]
    assert bits[0][0]["n"] == len(made)
    assert bits[3:] == [[], []]
    own = next(each["found"] for each in base["measures"] if each["id"] == "nats_by_line")
    assert under["base", "own frame"] == under["base", "same prefix"] == own  # as it is stored
    assert under["chat", "own frame"] == []  # nobody asked
    one = stage("stats", play, "--line", made[0]["id"], "--by", "persona", "model", "--json")
    assert {row["persona"] for row in one.rows} == {made[0]["speaker"]}
    words = stage("stats", play, "--under", made[0]["id"])
    assert words.out.startswith("stage-base: ")
    assert "\n    Sampler: " in words.out
    assert "No interval is given" in words.out
    assert json.loads(json.dumps(base)) == base


def test_what_cannot_be_told_is_bad_input(played, stage):
    play = played[-1]["play"]
    assert stage("stats", play, "--line", "x").code == 2
    assert stage("stats", play, "--line", "x", "--under", "y").code == 2
    typed = next(row for row in stage("tree", play, "--json").rows if row["model"] is None)
    made = stage("stats", play, "--line", typed["id"])
    assert (made.code, made.out) == (2, "")

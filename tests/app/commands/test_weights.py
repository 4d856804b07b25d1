def test_every_model_scores_what_others_said_in_two_ways(played, stage):
    said = stage("stats", played[-1]["play"], "--score", "--json")
    assert said.code == 0, said.err
    for row in said.rows:
        asked = [each for each in row["measures"] if each["condition"]]
        assert len({(each["model"], each["condition"]) for each in asked}) == 4
        assert all(each["found"][0]["n"] == row["n"] for each in asked)

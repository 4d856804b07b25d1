def test_runs_are_told_the_last_first(played, stage):
    play = played[-1]["play"]
    made = [row for row in played[:-1] if row["model"]]
    said = stage("runs", play, "--all", "--json")
    assert said.code == 0, said.err
    assert sum(row["done"] for row in said.rows) == len(made)
    assert {take["line"] for row in said.rows for take in row["takes"]} == {
        row["id"] for row in made
    }
    begun = [row["begun"] for row in said.rows]
    assert begun == sorted(begun, reverse=True)
    assert all(row["state"] == "done" for row in said.rows)
    assert len(stage("runs", play, "--last", "1", "--json").rows) == 1
    assert stage("runs", play).out.count("takes of") == len(stage("runs", play, "--json").rows)
    assert "\n    sampler: " in stage("runs", play, "--all").out


def test_the_takes_of_a_run_are_measured_together(played, stage):
    play = played[-1]["play"]
    run = stage("runs", play, "--all", "--json").rows[0]
    said = stage("stats", play, "--run", run["run"], "--json")
    assert sum(row["n"] for row in said.rows) == run["done"]
    assert stage("stats", play, "--run", "x").code == 2
    assert stage("stats", play, "--run", run["run"], "--line", "y").code == 2


def test_an_unknown_play_is_bad_input(played, stage):
    assert stage("runs", "nothing").code == 2

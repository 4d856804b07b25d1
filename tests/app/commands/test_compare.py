import csv
import io


def leaves(stage, play):
    """Two takes of the first line that models said, by each of them."""
    rows = stage("tree", play, "--json").rows
    made = [row for row in rows if row["model"]]
    first = [row for row in made if row["parent"] == made[0]["parent"]]
    return [row["id"] for row in first]


def test_branches_stand_side_by_side_with_measures_scores_and_files(played, stage):
    ids = leaves(stage, played[-1]["play"])
    said = stage("compare", *ids, "--json")
    assert said.code == 0, said.err
    assert said.out.isascii()
    branches = [row for row in said.rows if row["event"] == "branch"]
    assert [row["leaf"] for row in branches] == ids
    assert {model for row in branches for model in row["models"]} == {"base", "chat"}
    turns = [row for row in said.rows if row["event"] == "turn"]
    assert len(turns[0]["cells"]) == len(ids)
    under = [row for row in said.rows if row["event"] == "measure" and row["id"] == "under"]
    assert [bool(cell) for row in under for cell in row["branches"]].count(True) == len(ids)
    words = stage("compare", *ids[:2], "--score")
    assert words.code == 0, words.err
    assert " in common; words" in words.out
    assert "Own surprise, nats/token: A " in words.out
    assert "unknown" not in words.out.partition("Under ")[2].splitlines()[0]
    blind = stage("compare", *ids[:2], "--blind", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(blind.out)))
    assert {row["branch"] for row in rows} == {"A", "B"}
    assert "base" not in blind.out
    assert stage("compare", *ids[:2], "--json", "--format", "csv").code == 2

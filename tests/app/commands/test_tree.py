KEYS = [
    "id", "parent", "speaker", "model", "take", "text", "kind", "heard_by", "status", "hidden",
    "tagged",
]  # fmt: skip


def test_the_tree_lists_every_line_parents_first(played, stage):
    said = stage("tree", played[-1]["play"], "--json")
    assert said.code == 0
    assert said.out.isascii()
    rows = said.rows
    assert all(list(row) == KEYS for row in rows)
    assert [row["kind"] for row in rows[:2]] == ["narration", "speech"]
    assert rows[0]["parent"] is None
    seen = {None}
    for row in rows:
        assert row["parent"] in seen
        seen.add(row["id"])
    assert all(row["heard_by"] is None and row["status"] == "complete" for row in rows)
    assert {row["speaker"] for row in rows[:2]} == {"Narrator", "Guest"}


def test_words_for_people(played, stage):
    said = stage("tree", played[-1]["play"])
    assert "Guest: Who is the one on the stairs?" in said.out


def test_an_unknown_play_and_a_missing_library_are_bad_input(played, stage, tmp_path):
    assert stage("tree", "nothing").code == 2
    missing = tmp_path / "missing.db"
    assert stage("tree", "nothing", library=missing).code == 2
    assert not missing.exists()


def test_what_tags_hide_is_left_out_and_said(played, stage):
    line = played[-1]
    every = stage("tree", line["play"], "--json").rows
    last = every[-1]["id"]
    assert stage("do", "tag", "--line", last, "name=odd", "mode=hide").code == 0
    said = stage("tree", line["play"], "--json")
    assert [row["id"] for row in said.rows] == [row["id"] for row in every[:-1]]
    assert "1 line is hidden by tags; --all shows them." in said.err
    whole = stage("tree", line["play"], "--all")
    assert "#odd" in whole.out
    assert whole.err == ""


def test_every_line_stands_under_the_one_it_was_said_after(played, stage):
    play, first = played[-1]["play"], stage("tree", played[-1]["play"], "--json").rows[0]["id"]
    for text in ("One.", "Two."):
        assert stage("do", "add", "--line", first, "member=Guest", f"text={text}").code == 0
    below = next(row["id"] for row in stage("tree", play, "--json").rows if row["text"] == "One.")
    assert stage("do", "add", "--line", below, "member=Guest", "text=Under one.").code == 0
    way: list[str] = []
    for row in stage("tree", play, "--json").rows:
        while way and way[-1] != row["parent"]:
            way.pop()
        assert bool(way) == (row["parent"] is not None), row["text"]
        way.append(row["id"])

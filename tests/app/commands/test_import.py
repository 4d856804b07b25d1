"""stage import, and the exports of a subtree."""

import json


def test_a_file_is_imported(stage, tmp_path):
    file = tmp_path / "tree.json"
    tree = {"text": "Once", "children": [{"text": "upon"}, {"text": "more", "notes": ["x"]}]}
    file.write_text(json.dumps(tree))
    looked = stage("import", file, "--dry-run", "--json")
    assert looked.code == 0, looked.err
    assert not (tmp_path / "library.db").exists()
    assert [row["event"] for row in looked.rows] == ["loss", "play"]
    loss, play = stage("import", file, "--json").rows
    assert (loss["severity"], loss["count"]) == ("dropped", 1)
    assert (play["lines"], play["format"], len(play["sha256"])) == (3, "pyloom", 64)
    rows = stage("tree", play["id"], "--json").rows
    assert [row["text"] for row in rows] == ["Once", "upon", "more"]
    page = stage("export", play["id"], "--format", "html", "--under", rows[2]["id"])
    assert "more" in page.out
    assert "upon" not in page.out
    state = stage("export", play["id"], "--format", "loomsidian").out
    assert len(json.loads(state)["nodes"]) == 3
    assert stage("export", play["id"], "--format", "stage", "--under", rows[0]["id"]).code == 2
    assert "3 lines" in stage("import", file).out
    file.write_text("no tree")
    assert stage("import", file).code == 2


def test_a_lorebook_goes_into_a_play_or_a_persona(stage, tmp_path):
    file, tree = tmp_path / "world.json", tmp_path / "tree.json"
    file.write_text(json.dumps({"entries": {"0": {"key": ["lamp"], "content": "It burns oil."}}}))
    tree.write_text(json.dumps({"text": "Once", "children": []}))
    play = stage("import", tree, "--json").rows[-1]["id"]
    assert "1 entry " in stage("import", file, "--dry-run").out
    refused = stage("import", file)
    assert refused.code == 2
    assert "--play PLAY" in refused.err
    done = stage("import", file, "--play", play, "--json")
    assert done.code == 0, done.err
    assert done.rows[-1]["undo"] == "undo change of the play's lorebook"
    again = stage("import", file, "--play", play)
    assert again.code == 2
    assert "already" in again.err
    line = stage("tree", play, "--json").rows[0]["id"]
    own = stage("import", file, "--play", play, "--member", "Text", "--line", line, "--json")
    assert "Text's lorebook" in own.rows[-1]["words"], own.err

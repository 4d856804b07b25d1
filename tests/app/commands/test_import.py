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

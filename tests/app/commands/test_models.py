import json

KEYS = {
    "path", "name", "architecture", "kind", "reasons", "parameters", "quantisation",
    "context_length", "vocabulary", "has_template", "size_bytes",
}  # fmt: skip


def test_shipped_models_are_base_and_chat(stage, shipped):
    rows = {row["name"]: row for row in stage("models", "--json").rows}
    assert rows["Stage base"]["kind"] == "base"
    assert rows["Stage chat"]["kind"] == "chat"
    for row in rows.values():
        assert set(row) >= KEYS
        assert row["reasons"]
        assert row["architecture"] == "llama"
        assert row["quantisation"] == "Q8_0"
        assert row["context_length"] >= 1024
        assert row["vocabulary"] == 4096


def test_a_broken_file_is_a_row_in_a_folder_and_an_error_by_name(stage, tmp_path):
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "broken.gguf").write_bytes(b"GGUF\x03\x00")
    said = stage("models", folder, "--json")
    assert said.code == 0
    assert "broken.gguf" in said.rows[0]["error"]
    named = stage("models", folder / "broken.gguf")
    assert named.code == 2
    assert len(named.err.strip().splitlines()) == 1


def test_rows_are_ascii_and_whole(stage, shipped):
    said = stage("models", "--json")
    assert said.out.isascii()
    assert all(json.loads(line) for line in said.out.splitlines())

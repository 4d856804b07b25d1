import json
import shutil

import pytest

from tests.engine.helpers import write_gguf

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


def test_a_folder_without_models_is_said_to_have_none(stage, tmp_path):
    (tmp_path / "readme").write_text("no model")
    said = stage("models", tmp_path, "--json")
    assert (said.code, said.out) == (0, "")
    assert str(tmp_path) in said.err


def test_rows_are_ascii_and_whole(stage, shipped):
    said = stage("models", "--json")
    assert said.out.isascii()
    assert all(json.loads(line) for line in said.out.splitlines())


def test_a_folder_is_watched_until_it_is_not(stage, tmp_path):
    deep = tmp_path / "mine" / "deep"
    deep.mkdir(parents=True)
    write_gguf(deep / "a.gguf")
    watched = stage("models", "--watch", tmp_path / "mine", "--json")
    assert [row["path"] for row in watched.rows] == [str(deep / "a.gguf")]
    rows = stage("models", "--json").rows
    assert str(deep / "a.gguf") in [row["path"] for row in rows]
    stage("models", "--unwatch", tmp_path / "mine")
    assert len(stage("models", "--json").rows) == len(rows) - 1
    assert stage("models", "--unwatch", tmp_path / "mine").code == 2
    assert stage("models", "--watch", tmp_path / "nowhere").code == 2


def test_what_is_settled_about_a_model_follows_its_content(stage, tmp_path):
    file = write_gguf(tmp_path / "a.gguf")
    assert stage("models", file, "--json").rows[0]["kind"] == "unknown"
    (row,) = stage("models", file, "--set", "kind=base", "gpu_layers=2", "--json").rows
    assert row["kind"] == "base"
    assert row["settings"] == {"kind": "base", "gpu_layers": 2}
    moved = file.rename(tmp_path / "b.gguf")
    assert "set: kind=base, gpu_layers=2" in stage("models", moved).out
    assert (
        stage("models", moved, "--set", "kind=auto", "gpu_layers=auto", "--json").rows[0]["kind"]
        == "unknown"
    )
    refused = stage("models", moved, "--set", "kind=lion")
    assert refused.code == 2
    assert len(refused.err.strip().splitlines()) == 1
    assert stage("models", "--set", "kind=base").code == 2


def test_memory_is_estimated_only_when_asked(stage, shipped):
    model = shipped / "models" / "stage-base.gguf"
    assert "estimate" not in stage("models", model, "--json").rows[0]
    told = stage("models", model, "--memory", "--json").rows[0]["estimate"]
    assert told["fits"] is True
    assert told["total"] > told["weights"] > 1e6
    assert "MB with 8192 cells of f16" in stage("models", model, "--memory").out


def test_layers_on_a_gpu_are_refused_where_the_build_has_none(stage, shipped, tmp_path):
    lib = pytest.importorskip("llama_cpp")
    if lib.llama_supports_gpu_offload():
        pytest.skip("this build computes on a GPU")
    model, text = tmp_path / "own.gguf", tmp_path / "text"
    shutil.copy(shipped / "models" / "stage-base.gguf", model)
    text.write_text("The lamp.")
    assert stage("models", model, "--set", "gpu_layers=4").code == 0
    said = stage("score", "--model", model, "--text", text)
    assert said.code == 2
    assert "computes on the processor only; set gpu_layers=0" in said.err

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from tests.engine.kinds import write_kind

KEYS = {"tokens", "sum", "nats_per_token", "bits_per_byte", "boundary_inside_token"}
TOKEN = {"id", "text", "bytes", "logprob", "entropy", "rank", "top"}


@pytest.fixture
def model(shipped):
    return shipped / "models" / "stage-chat.gguf"


@pytest.fixture
def text(tmp_path):
    file = tmp_path / "text.txt"
    file.write_text(" She opened the door. ☃", encoding="utf-8")
    return file


@pytest.mark.parametrize("template", ["none", "own"])
def test_every_token_of_a_text_gets_its_numbers(stage, model, text, tmp_path, template):
    context = tmp_path / "context.txt"
    context.write_text("Who opened the door?")
    said = stage(
        "score", "--model", model, "--text", text, "--context", context,
        "--template", template, "--json",
    )  # fmt: skip
    assert said.code == 0, said.err
    row = said.rows[0]
    assert set(row) >= KEYS
    assert row["template"] == template
    assert bool(row["template_hash"]) == (template == "own")
    assert all(set(token) >= TOKEN for token in row["tokens"])
    assert [token["bytes"][0] for token in row["tokens"][1:]] == [
        token["bytes"][1] for token in row["tokens"][:-1]
    ]
    assert row["tokens"][-1]["bytes"][1] == len(text.read_bytes())
    assert row["sum"] == pytest.approx(sum(token["logprob"] for token in row["tokens"]))
    assert row["nats_per_token"]["value"] == pytest.approx(-row["sum"] / len(row["tokens"]))


def test_in_words(stage, model, text):
    said = stage("score", "--model", model, "--text", text)
    assert said.code == 0, said.err
    assert "bits per byte" in said.out
    assert said.err == ""


def test_what_cannot_be_scored_is_told_in_a_sentence(stage, model, text, tmp_path):
    empty, latin = tmp_path / "empty.txt", tmp_path / "latin.txt"
    empty.write_bytes(b"")
    latin.write_bytes(b"caf\xe9")
    for words, named in [
        (("--model", tmp_path / "none.gguf", "--text", text), "none.gguf"),
        (("--model", text, "--text", text), "text.txt"),
        (("--model", model, "--text", empty), "empty"),
        (("--model", model, "--text", latin), "UTF-8"),
        (("--model", model, "--text", tmp_path / "gone.txt"), "gone.txt"),
        (("--model", model, "--text", text, "--template", "own"), "context"),
        (("--model", model, "--text", text, "--template", "theirs"), "theirs"),
    ]:
        said = stage("score", *words)
        assert said.code == 2, said.err
        assert named in said.err
        assert len(said.err.strip().splitlines()) == 1
        assert said.out == ""


def test_a_text_longer_than_the_context_is_told(stage, model, tmp_path):
    long = tmp_path / "long.txt"
    long.write_text("A door opens and a door closes. " * 20000)
    said = stage("score", "--model", model, "--text", long)
    assert said.code == 1
    assert "at most" in said.err


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_ends_it(tmp_path):
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")
    model = write_kind(tmp_path / "deep.gguf", "llama", layers=40)  # takes its time
    text = tmp_path / "text.txt"
    text.write_text("a door opens and a door closes. " * 15)
    done = subprocess.Popen(
        [sys.executable, "-m", "stage", "score", "--model", model, "--text", text, "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "STAGE_HOME": str(tmp_path / "home")},
    )
    worker = _first_child(psutil.Process(done.pid))
    worker.suspend()  # it is not done before the signal comes
    done.send_signal(signal.SIGINT)
    worker.resume()
    out, err = done.communicate(timeout=60)
    assert done.returncode == 130, err
    assert out == b""
    assert not worker.is_running()


def _first_child(process):
    """The worker, as soon as there is one."""
    while not (children := process.children()):
        assert process.is_running()
        time.sleep(0.02)
    return children[0]

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from stage.kit.errors import BadInput, KnownError

pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")

from stage.engine.backends import llama_opening
from stage.engine.orders import LoadSettings
from stage.engine.worker.runner import GivenUp


def test_another_version_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llama_opening, "VERSION", b"9.9")
    monkeypatch.setattr(llama_opening, "_KEEP", [])
    with pytest.raises(KnownError, match="dev but Stage needs 9"):
        llama_opening.start()


def test_a_load_can_be_given_up(stories: Path) -> None:
    llama_opening.start()
    with pytest.raises(GivenUp):
        llama_opening.open_model(stories, LoadSettings(), lambda _: False)


def test_what_llama_cannot_read_is_told(tmp_path: Path) -> None:
    llama_opening.start()
    path = tmp_path / "x.gguf"
    path.write_bytes(b"GGUF nonsense")
    with pytest.raises(BadInput, match="cannot read x"):
        llama_opening.open_model(path, LoadSettings(), lambda _: True)


ABORT = """
import numpy
from stage.engine.backends import llama_opening as o
import llama_cpp.llama_cpp as lib
o.start()
chain = lib.llama_sampler_chain_init(lib.llama_sampler_chain_default_params())
from stage.engine.orders import LoadSettings
from stage.engine.worker.runner import GivenUp
from pathlib import Path
import sys
model = o.open_model(Path(sys.argv[1]), LoadSettings(), lambda _: True)
context = o.open_context(model, LoadSettings(cells=256), 1)
lib.llama_sampler_sample(chain, context, 0)
"""


def test_the_text_of_an_abort_is_caught(stories: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ABORT, str(stories)],
        capture_output=True,
        check=False,
        env={"GGML_NO_BACKTRACE": "1", "PATH": "/usr/bin"},
    )
    assert done.returncode == -6
    assert b"abort: " in done.stderr

from __future__ import annotations

from pathlib import Path

import pytest

from stage.engine.orders import LoadSettings
from stage.engine.shelf.measuring import measure
from stage.kit.errors import BadInput
from tests.engine.helpers import run, write_gguf


def test_each_of_some_settings_is_measured_and_the_process_ends(tmp_path: Path) -> None:
    wanted = [LoadSettings(cells=100), LoadSettings(cells=50, kv="q8_0", takes=3)]
    found = run(measure(tmp_path / "none", wanted, "echo"))
    assert [(each.cells, each.kv, each.takes) for each in found] == [
        (100, "f16", 32), (50, "q8_0", 3)
    ]  # fmt: skip
    assert [each.total for each in found] == [(1 << 20) + 100, (1 << 20) + 50]


def test_what_llama_cannot_read_is_told(tmp_path: Path) -> None:
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")
    with pytest.raises(BadInput, match=r"llama\.cpp cannot read m\.gguf"):
        run(measure(write_gguf(tmp_path / "m.gguf"), [LoadSettings()]))

import json
import os
import signal
from pathlib import Path

import pytest

from stage.app.checks import llama

HASWELL = frozenset({"ssse3", "avx", "avx2", "f16c", "fma", "bmi2"})
BUILT = "CPU : SSE3 = 1 | SSSE3 = 1 | AVX = 1 | AVX2 = 1 | F16C = 1 | FMA = 1 | OPENMP = 1 |"


def test_sigill_means_another_processor() -> None:
    found = llama.judge(-signal.SIGILL, "", "", HASWELL)
    assert found.level == "error"
    assert found.told() == "llama.cpp was built for another CPU. Run `make rebuild-llama`."


def test_instructions_this_processor_lacks_are_found_before_they_kill() -> None:
    found = llama.judge(0, BUILT + " AVX512 = 1 | AVX512_VNNI = 1 |", "", HASWELL)
    assert found.sentence == llama.OTHER_PROCESSOR
    assert found.details == {"said": "needs AVX512, AVX512_VNNI"}


def test_a_library_that_fits() -> None:
    assert llama.judge(0, BUILT, "", HASWELL).level == "ok"
    assert llama.judge(0, BUILT + " AVX512 = 0 |", "", HASWELL).level == "ok"


def test_an_unknown_processor_is_given_the_benefit_of_the_doubt() -> None:
    assert llama.judge(0, BUILT, "", frozenset()).level == "ok"


def test_other_ends_are_told_in_words() -> None:
    killed = llama.judge(-signal.SIGABRT, "", "x\nGGML_ASSERT(y)\n", HASWELL)
    assert "SIGABRT" in killed.sentence
    assert killed.details == {"said": "GGML_ASSERT(y)"}
    absent = llama.judge(1, "", "ModuleNotFoundError: No module named 'llama_cpp'", HASWELL)
    assert absent.fix == "Run `make setup`."
    broken = llama.judge(1, "", "OSError: libgomp.so.1", HASWELL)
    assert broken.details == {"said": "OSError: libgomp.so.1"}


def test_the_outcome_is_remembered_for_this_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = tmp_path / "memory.json"
    assert llama.recall(memory) is None
    monkeypatch.setattr(llama, "library_fingerprint", lambda: [["libllama.so", 1, 2]])
    monkeypatch.setattr(llama, "CHILD", "print('CPU : ')")
    assert llama.check(memory).level == "ok"
    assert llama.recall(memory) is True
    monkeypatch.setattr(llama, "library_fingerprint", lambda: [["libllama.so", 1, 3]])
    assert llama.recall(memory) is None
    monkeypatch.setattr(llama, "CHILD", "import os; os.kill(os.getpid(), 4)")
    assert llama.check(memory).sentence == llama.OTHER_PROCESSOR
    assert llama.recall(memory) is False


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"library": [], "good": 1', "\udce4"])
def test_a_spoilt_memory_is_no_memory(tmp_path: Path, text: str) -> None:
    memory = tmp_path / "memory.json"
    memory.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert llama.recall(memory) is None


def test_a_memory_that_cannot_be_written_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llama, "library_fingerprint", lambda: ["x"])
    monkeypatch.setattr(llama, "CHILD", "pass")
    assert llama.check(tmp_path / "nowhere" / "memory.json").level == "ok"


def test_a_child_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llama, "CHILD", "import time; time.sleep(60)")
    monkeypatch.setattr(llama, "SECONDS", 0.2)
    assert "did not start" in llama.check().sentence


def test_flags_are_read_once_and_elsewhere_unknown(tmp_path: Path) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text("model name\t: x\nflags\t\t: fpu avx2\n\nflags\t\t: other\n")
    assert llama.processor_flags(str(cpuinfo)) == {"fpu", "avx2"}
    assert llama.processor_flags(str(tmp_path / "none")) == frozenset()


@pytest.mark.models
def test_the_installed_library_runs_here(tmp_path: Path) -> None:
    pytest.importorskip("llama_cpp", reason="llama.cpp is not installed")
    memory = tmp_path / "memory.json"
    found = llama.check(memory)
    assert found.level == "ok", found
    assert llama.recall(memory) is True
    assert json.loads(memory.read_text())["library"] == llama.library_fingerprint()
    assert os.listdir(tmp_path).count("memory.json") == 1

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")

from stage.engine.backends import BACKENDS
from stage.engine.backends.llama_desk import LlamaDesk
from stage.engine.orders import LoadSettings
from stage.engine.worker.runner import CHUNK, DESK_ROWS


@pytest.fixture
def runner(stories: Path) -> Iterator[Any]:
    opened = BACKENDS["llama"].open(stories, LoadSettings(cells=512), 1, lambda _: True)
    yield opened
    opened.close()


def logits(desk: Any, tokens: list[int], slice_: int) -> Any:
    found = []
    for start in range(0, len(tokens), slice_):
        rows = [(t, start + n, 0, True) for n, t in enumerate(tokens[start : start + slice_])]
        assert desk.decode(rows) == 0
        found.append(desk.logits(len(rows)).copy())
    desk.forget(0)
    return np.concatenate(found)


def test_a_desk_is_exact_and_apart_from_the_runner(runner: Any) -> None:
    tokens = [1, *runner.tokenise("Once upon a time there was a little llama. " * 4, special=False)]
    desk = runner.desk(256, 3)
    assert isinstance(desk, LlamaDesk)
    tokens = tokens[:64]
    whole = logits(desk, tokens, 32)
    assert np.array_equal(whole, logits(desk, tokens, 8))
    assert runner.decode([(1, 0, 0, True)]) == 0  # its cache knows nothing of the desk's
    desk.close()
    desk.close()


def test_batches_that_would_abort_are_refused(runner: Any) -> None:
    desk = runner.desk(256, 2)
    assert desk.decode([(1, n, 0, False) for n in range(DESK_ROWS + 1)]) == -1
    desk.close()
    desk = runner.strict(256, "f16")
    assert desk.decode([(1, 0, 0, True), (1, 1, 0, True)]) == -1
    assert desk.decode([(1, n, 0, False) for n in range(CHUNK + 1)]) == -1
    desk.close()

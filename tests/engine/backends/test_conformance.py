"""What the loop relies on, checked of every back end: echo always, llama with a model present."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stage.engine.backends import BACKENDS
from stage.engine.orders import LoadSettings
from stage.kit.errors import BadInput
from stage.play.sampling import Sampler

MODEL = "models/stories260K-f32.gguf"
_open: dict[str, Any] = {}


@pytest.fixture(params=BACKENDS.names)
def runner(request: pytest.FixtureRequest) -> Iterator[Any]:
    name = request.param
    path = Path("/none")
    if name == "llama":
        pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")
        root = Path(__file__).resolve().parents[3]
        path = Path(os.environ.get("STAGE_SHARED", root.parent / "shared")) / MODEL
        if not path.exists():
            pytest.skip(f"no model {path}")
    if name not in _open:
        _open[name] = BACKENDS[name].open(path, LoadSettings(cells=1024), 1, lambda _: True)
    yield _open[name]
    for sequence in range(8):
        _open[name].forget(sequence)


def rows(tokens: list[int], sequence: int = 0, start: int = 0) -> list[tuple[int, int, int, bool]]:
    last = len(tokens) - 1
    return [(token, start + n, sequence, n == last) for n, token in enumerate(tokens)]


def prompt(runner: Any) -> list[int]:
    bos = [] if runner.facts.bos is None else [runner.facts.bos]
    return [*bos, *runner.tokenise("Once upon a time, there was", special=False)]


def test_facts_are_whole(runner: Any) -> None:
    facts = runner.facts
    assert 0 < facts.positions <= facts.cells
    assert facts.takes < facts.sequences
    assert len(runner.pieces) == facts.n_vocab
    assert facts.engine["backend"] in BACKENDS.names


@pytest.mark.parametrize("text", ["", "Hello", "Grüße ☃ 𝄞", "a\nb\n\nc", "</s><|im_end|>", "\0"])
def test_text_survives_tokens(runner: Any, text: str) -> None:
    tokens = runner.tokenise(text, special=False)
    assert all(0 <= token < runner.facts.n_vocab for token in tokens)
    said = b"".join(runner.pieces[token] for token in tokens).decode()
    assert said.removeprefix(" ") == text
    assert not any(runner.ends(token) for token in tokens)


def test_control_tokens_are_read_where_they_may_be(runner: Any) -> None:
    for mark in runner.controls[:3]:
        tokens = runner.tokenise(mark, special=True)
        assert any(not runner.pieces[token] for token in tokens)
        assert all(runner.pieces[token] for token in runner.tokenise(mark, special=False))


def test_a_shared_prefix_gives_the_logits_of_its_own(runner: Any) -> None:
    tokens = prompt(runner)
    assert runner.decode(rows(tokens)) == 0
    alone = runner.logits(1)[0].copy()
    assert alone.shape == (runner.facts.n_vocab,)
    assert np.isfinite(alone).all()
    runner.share(0, 1, len(tokens) - 1)
    assert runner.decode(rows(tokens[-1:], 1, len(tokens) - 1)) == 0
    assert np.allclose(runner.logits(1)[0], alone, atol=0.05)


def test_rows_of_several_sequences_come_in_order(runner: Any) -> None:
    tokens = prompt(runner)
    runner.decode(rows(tokens))
    for sequence in (1, 2):
        runner.share(0, sequence, len(tokens))
    batch = [(tokens[1 + s], len(tokens), s, True) for s in (1, 2)]
    assert runner.decode(batch) == 0
    both = runner.logits(2).copy()
    for sequence in (1, 2):
        assert runner.rewind(sequence, len(tokens))
    assert runner.decode(batch[::-1]) == 0
    assert np.allclose(runner.logits(2)[::-1], both, atol=0.05)


def test_bad_batches_are_refused_and_change_nothing(runner: Any) -> None:
    tokens = prompt(runner)
    runner.decode(rows(tokens))
    assert runner.decode([(1, len(tokens) + 5, 0, True)]) == -1
    assert runner.decode([(1, 0, runner.facts.sequences + 3, True)]) == -1
    assert runner.rewind(0, len(tokens))
    assert not runner.rewind(0, len(tokens) + 4)


def test_chains_are_seeded(runner: Any) -> None:
    row = np.linspace(0, 3, runner.facts.n_vocab).astype(np.float32)

    def drawn(seed: int) -> list[int]:
        chain = runner.chain(Sampler(), seed, [1])
        tokens = [chain.pick(row) for _ in range(12)]
        chain.close()
        chain.close()
        return tokens

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)
    greedy = runner.chain(Sampler((), "greedy"), 1, [])
    assert greedy.pick(row) == runner.facts.n_vocab - 1
    greedy.close()


def test_threads_and_abort_can_be_set_at_any_time(runner: Any) -> None:
    runner.use_threads(2)
    runner.use_threads(1)
    runner.abort(True)
    answer = runner.decode(rows(prompt(runner)))
    runner.abort(False)
    assert answer in (0, 2)
    runner.rewind(0, 0)
    runner.forget(0)
    assert runner.decode(rows(prompt(runner))) == 0


def test_an_unknown_back_end_is_no_back_end() -> None:
    with pytest.raises(KeyError):
        BACKENDS["nothing"]
    with pytest.raises(BadInput):
        BACKENDS["echo"].open(Path("load-refuse"), LoadSettings(), 1, lambda _: True)

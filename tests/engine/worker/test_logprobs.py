from __future__ import annotations

import numpy as np
import pytest

from stage.engine.worker.logprobs import LEAST, Readings, measure


@pytest.mark.parametrize("vocabulary", [12, 260, 512, 4096, 5003, 32_000, 151_936])
def test_readings_equal_a_plain_log_softmax(vocabulary: int) -> None:
    rng = np.random.default_rng(vocabulary)
    logits = rng.normal(0, 5, (3, vocabulary)).astype(np.float32)
    expected = logits.astype(np.float64)
    expected -= np.log(np.exp(expected - expected.max(1, keepdims=True)).sum(1, keepdims=True))
    expected -= logits.astype(np.float64).max(1, keepdims=True)
    readings = Readings(logits, 10)
    for row in range(3):
        order = np.argsort(-logits[row], kind="stable")[:10]
        assert readings.top_ids[row].tolist() == order.tolist()
        assert np.allclose(readings.top_logprobs[row], expected[row, order], atol=1e-4)
        assert readings.logprob(row, 5) == pytest.approx(expected[row, 5], abs=1e-4)


def test_ties_stand_in_order_of_id() -> None:
    logits = np.zeros((2, 300), np.float32)
    logits[:, [250, 7, 99]] = 3.0
    assert Readings(logits, 3).top_ids.tolist() == [[7, 99, 250]] * 2
    assert Readings(np.zeros((1, 5000), np.float32), 10).top_logprobs[0, 0] == pytest.approx(
        -np.log(5000), abs=1e-4
    )


def test_what_is_not_finite_becomes_the_least() -> None:
    logits = np.full((1, 100), -np.inf, np.float32)
    logits[0, 3] = 1.0
    readings = Readings(logits, 10)
    assert readings.top_logprobs[0].tolist() == [0.0] + [LEAST] * 9
    assert readings.logprob(0, 5) == LEAST
    assert Readings(np.full((1, 100), np.nan, np.float32), 10).logprob(0, 1) == LEAST


def test_packed_rows_are_little_endian_arrays() -> None:
    logits = np.arange(600, dtype=np.float32).reshape(2, 300)
    ids, values = Readings(logits, 10).packed()[1]
    assert np.frombuffer(ids, "<i4").tolist() == list(range(299, 289, -1))
    assert np.frombuffer(values, "<f2")[0] == pytest.approx(np.log1p(-np.exp(-1)), abs=1e-3)


@pytest.mark.parametrize("vocabulary", [12, 260, 151_936])
def test_given_tokens_are_measured_as_by_hand(vocabulary: int) -> None:
    rng = np.random.default_rng(vocabulary)
    logits = rng.normal(0, 5, (3, vocabulary)).astype(np.float32)
    logits[1, 4] = -np.inf
    p = np.exp(logits.astype(np.float64))
    p /= p.sum(1, keepdims=True)
    rows, tokens = [0, 1, 1, 2], [3, 4, int(logits[1].argmax()), 5]
    found = measure(logits, rows, tokens, 10)
    with np.errstate(divide="ignore", invalid="ignore"):
        entropies = -np.nansum(p * np.log(p), axis=1)[rows]
    assert np.allclose(found.entropies, entropies, atol=1e-4)
    assert found.logprobs[1] == LEAST
    known = [0, 2, 3]
    own = p[[rows[at] for at in known], [tokens[at] for at in known]]
    assert np.allclose(found.logprobs[known], np.log(own), atol=1e-4)
    assert found.ranks.tolist() == [
        1 + int((logits[row] > logits[row, token]).sum())
        for row, token in zip(rows, tokens, strict=True)
    ]
    assert found.ranks.tolist()[1:3] == [vocabulary, 1]
    for place, row in enumerate(rows):
        order = np.argsort(-logits[row], kind="stable")[:10]
        assert found.top_ids[place].tolist() == order.tolist()
        assert np.allclose(found.top_logprobs[place], np.log(p[row, order]), atol=1e-4)

from __future__ import annotations

import numpy as np
import pytest

from stage.kit.errors import BadInput
from stage.play.sampling import BASE, CHAT, STEPS, Sampler, Step

pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")

from stage.engine.backends.llama_chains import RANDOM, Candidates, LlamaChain

ROW = np.log(np.array([0.4, 0.3, 0.2, 0.05, 0.05], dtype=np.float32))


def drawn(
    sampler: Sampler, count: int = 300, seed: int = 7, history: tuple[int, ...] = ()
) -> set[int]:
    chain = LlamaChain(sampler, seed, history, Candidates(5), ())
    tokens = {chain.pick(ROW) for _ in range(count)}
    chain.close()
    return tokens


def one(name: str, **numbers: float) -> Sampler:
    return Sampler((Step(name, tuple(numbers.items())),))


def test_each_step_does_what_its_name_says() -> None:
    assert drawn(Sampler()) == {0, 1, 2, 3, 4}
    assert drawn(one("top_k", k=2)) == {0, 1}
    assert drawn(one("top_p", p=0.5, keep=1)) == {0, 1}
    assert drawn(one("min_p", p=0.4, keep=1)) == {0, 1, 2}
    assert drawn(one("temperature", t=0.0)) == {0}
    assert drawn(one("temperature", t=0.02)) == {0}
    assert drawn(one("typical", p=0.3, keep=1)) < {0, 1, 2, 3, 4}
    assert drawn(Sampler((), "greedy")) == {0}
    assert drawn(BASE) == {0, 1, 2, 3, 4}
    assert drawn(CHAT) <= {0, 1, 2, 3, 4}


def test_penalties_know_the_prompt() -> None:
    heavy = Sampler(
        (
            Step(
                "penalties",
                (("last_n", 8), ("repeat", 1.0), ("frequency", 0.0), ("presence", 99.0)),
            ),
        ),
        "greedy",
    )
    assert drawn(heavy, count=1) == {0}
    assert drawn(heavy, count=1, history=(0, 1)) == {2}
    assert drawn(heavy, count=3) == {0, 1, 2}


def test_every_step_of_the_play_can_be_built() -> None:
    for name, numbers in STEPS.items():
        step = Step(name, tuple((key, max(low, 1.0)) for key, (low, _) in numbers.items()))
        assert drawn(Sampler((step,)), count=2)


def test_suppressed_tokens_are_never_drawn() -> None:
    chain = LlamaChain(Sampler(), 3, (), Candidates(5), (0, 1, 2))
    assert {chain.pick(ROW) for _ in range(60)} == {3, 4}
    chain.close()


def test_the_seed_that_means_random_is_never_given() -> None:
    assert drawn(Sampler(), 20, RANDOM) == drawn(Sampler(), 20, 0)
    assert drawn(Sampler(), 20, 2**63) == drawn(Sampler(), 20, 2**63)


def test_a_row_of_nothing_still_gives_a_token() -> None:
    chain = LlamaChain(one("top_k", k=2), 3, (), Candidates(5), ())
    for row in (np.full(5, -np.inf, np.float32), np.full(5, np.nan, np.float32)):
        assert 0 <= chain.pick(row) < 5
    chain.close()


def test_a_part_that_llama_refuses_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from stage.engine.backends import llama_chains

    monkeypatch.setitem(llama_chains._STEPS, "top_k", lambda *_: None)
    with pytest.raises(BadInput, match="refuses the sampler top_k"):
        LlamaChain(one("top_k", k=2), 3, (), Candidates(5), ())

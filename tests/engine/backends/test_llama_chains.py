from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stage.engine.backends import BACKENDS
from stage.engine.orders import LoadSettings
from stage.engine.worker.logprobs import Readings
from stage.kit.errors import BadInput
from stage.play.sampling import BASE, CHAT, SELECTORS, STEPS, Sampler, Step

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


SAMPLES: dict[str, dict[str, Any]] = {
    "logit_bias": {"biases": [[5, 2.0], [6, -3.5]]},
    "grammar": {"text": 'root ::= "yes" | "no" [a-z]*'},
    "penalties": {"last_n": 32, "repeat": 1.2, "frequency": 0.1, "presence": 0.1},
    "dry": {"multiplier": 0.8, "base": 1.75, "allowed": 2, "last_n": 64},
    "top_n_sigma": {"n": 1.5},
    "top_k": {"k": 5},
    "typical": {"p": 0.5},
    "top_p": {"p": 0.5},
    "min_p": {"p": 0.1},
    "xtc": {"p": 0.5, "threshold": 0.1},
    "temperature": {"t": 0.7},
    "dynamic_temperature": {"t": 0.8, "delta": 0.5},
    "dist": {},
    "greedy": {},
    "mirostat": {"tau": 5, "eta": 0.1},
    "mirostat_v2": {"tau": 5, "eta": 0.1},
    "adaptive_p": {"target": 0.5, "decay": 0.9},
}


def said(runner: Any, sampler: Sampler, seed: int = 7, history: str = "Once upon") -> list[int]:
    """A take of eight tokens at most, evaluated one by one."""
    tokens = [runner.facts.bos, *runner.tokenise(history, special=False)]
    chain = runner.chain(sampler, seed, tokens)
    rows = [(token, at, 0, at == len(tokens) - 1) for at, token in enumerate(tokens)]
    found: list[int] = []
    while len(found) < 8:
        assert runner.decode(rows) == 0
        found.append(chain.pick(runner.logits(1)[0]))
        if runner.ends(found[-1]):
            break
        rows = [(found[-1], len(tokens) + len(found) - 1, 0, True)]
    chain.close()
    runner.forget(0)
    return found


@pytest.fixture(scope="module")
def runner() -> Iterator[Any]:
    root = Path(__file__).resolve().parents[3]
    shared = Path(os.environ.get("STAGE_SHARED", root.parent / "shared"))
    path = shared / "models" / "stories260K-f32.gguf"
    if not path.exists():
        pytest.skip(f"no model {path}")
    opened = BACKENDS["llama"].open(path, LoadSettings(cells=256), 1, lambda _: True)
    yield opened
    opened.close()


@pytest.mark.parametrize("name", [*STEPS, *SELECTORS])
def test_every_entry_speaks_on_a_real_model_and_reads_back(runner: Any, name: str) -> None:
    sampler = Sampler.from_json({"chain": [{"name": name, **SAMPLES[name]}], "max_tokens": 8})
    stored = Sampler.from_json(json.loads(json.dumps(sampler.to_json())))
    assert stored == sampler
    first = said(runner, sampler)
    assert first
    assert said(runner, stored) == first


def test_a_grammar_rules_and_a_broken_one_is_refused(runner: Any) -> None:
    def grammar(text: str, **more: Any) -> Sampler:
        return Sampler.from_json({"chain": [{"name": "grammar", "text": text, **more}]})

    for seed in range(5):
        tokens = said(runner, grammar('root ::= "yes" | "no"'), seed)
        assert b"".join(runner.pieces[t] for t in tokens).decode().strip() in ("yes", "no")
        assert runner.ends(tokens[-1])
    for broken in ('root ::= "a', "root = nonsense", 'other ::= "a"', "root ::= root"):
        with pytest.raises(BadInput, match="grammar"):
            runner.chain(grammar(broken), 1, ())
    with pytest.raises(BadInput, match="grammar"):
        runner.chain(grammar('root ::= "a"', root="elsewhere"), 1, ())


def test_a_grammar_that_filters_leave_nothing_of_ends_the_take(runner: Any) -> None:
    steps = [{"name": "top_k", "k": 1}, {"name": "grammar", "text": 'root ::= "\u2603"'}]
    tokens = said(runner, Sampler.from_json({"chain": steps}))
    assert runner.ends(tokens[-1])
    assert len(tokens) == 1


def test_a_bias_beyond_the_vocabulary_is_refused(runner: Any) -> None:
    with pytest.raises(BadInput, match="beyond"):
        runner.chain(
            Sampler.from_json({"chain": [{"name": "logit_bias", "biases": [[9999, 1]]}]}), 1, ()
        )


def test_dry_knows_the_prompt(runner: Any) -> None:
    dry = {"name": "dry", "multiplier": 50, "base": 2, "allowed": 1, "last_n": 200}
    plain, guarded = Sampler((), "greedy"), Sampler.from_json({"chain": [dry, {"name": "greedy"}]})
    again = "the cat sat on the mat; the cat sat on"
    assert said(runner, plain, history=again) != said(runner, guarded, history=again)


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


@pytest.mark.parametrize("name", [*STEPS, *SELECTORS])
def test_every_line_begins_anew_in_a_worker_that_has_spoken_and_in_a_new_one(
    runner: Any, name: str
) -> None:
    """A chain depends on its seed and on the text before it; nothing stays of other lines.

    So a line that goes on from another is the same now and after reopening, mirostat's and
    adaptive_p's running averages, XTC's dice and a grammar's place included.
    """
    sampler = Sampler.from_json({"chain": [{"name": name, **SAMPLES[name]}]})
    n_vocab, vocab = runner.facts.n_vocab, runner._vocab
    rows = np.random.default_rng(5).normal(0, 2, (24, n_vocab)).astype(np.float32)
    prompt = [runner.facts.bos, *runner.tokenise("Once upon a time", special=False)]
    used = Candidates(n_vocab)
    before = LlamaChain(sampler, 3, prompt, used, [], vocab)
    line = _picked(runner, before, rows[:12])
    told = [
        _picked(runner, LlamaChain(sampler, 4, [*prompt, *line], each, [], vocab), rows[12:])
        for each in (used, Candidates(n_vocab))
    ]
    assert told[0] == told[1]


def _picked(runner: Any, chain: LlamaChain, rows: Any) -> list[int]:
    tokens: list[int] = []
    for row in rows:
        tokens.append(chain.pick(row))
        if runner.ends(tokens[-1]):  # a grammar allows nothing more
            break
    chain.close()
    return tokens


@pytest.mark.parametrize("name", ["penalties", "dry"])
def test_a_line_goes_on_the_same_now_or_after_reopening(runner: Any, name: str) -> None:
    """A chain built over prompt and text stands where one stands that spoke the text itself."""
    steps = [{"name": name, **SAMPLES[name]}, {"name": "greedy"}]
    sampler = Sampler.from_json({"chain": steps})
    prompt = [runner.facts.bos, *runner.tokenise("Once upon a time a cat", special=False)]
    live = runner.chain(sampler, 3, prompt)
    rng = np.random.default_rng(4)
    rows = rng.normal(0, 1, (30, runner.facts.n_vocab)).astype(np.float32)
    for place, row in enumerate(rows):  # a round that both samplers hold against it
        row[prompt[1 + place % 3]] += 5.0
    text: list[int] = []
    forgotten = 0
    for row in rows:
        reopened = runner.chain(sampler, 3, [*prompt, *text])
        forgetful = runner.chain(sampler, 3, text[-1:])
        told = [chain.pick(row) for chain in (live, reopened, forgetful)]
        assert told[0] == told[1]
        forgotten += told[0] != told[2]
        text.append(told[0])
        reopened.close()
        forgetful.close()
    live.close()
    assert forgotten  # the history did matter


@pytest.mark.parametrize("n_vocab", [5, 256, 1000, 50_257])
def test_drawing_from_everything_gives_what_llama_draws(n_vocab: int) -> None:
    dice = np.random.default_rng(n_vocab)
    rows = (dice.standard_normal((60, n_vocab)) * 3).astype(np.float32)
    rows[::7, ::3] = -np.inf
    ours = LlamaChain(Sampler(), 4711, [], Candidates(n_vocab), [])
    theirs = LlamaChain(Sampler(), 4711, [], Candidates(n_vocab), [])
    theirs._drawing = None
    same = 0
    for place, row in enumerate(rows):
        shares = Readings(row[None, :], 10).shares(0) if place % 2 else None
        same += ours.pick(row, shares) == theirs.pick(row)
    assert same >= 59  # one may fall on a border
    ours.close()
    theirs.close()


def test_drawing_from_what_is_no_number_gives_a_token() -> None:
    chain = LlamaChain(Sampler(), 1, [], Candidates(300), [])
    assert 0 <= chain.pick(np.full(300, np.nan, dtype=np.float32)) < 300
    assert 0 <= chain.pick(np.full(300, -np.inf, dtype=np.float32)) < 300
    chain.close()

"""Samplers: an ordered chain with every number, or a reason why not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.kit.errors import BadInput
from stage.play.sampling import (
    BASE,
    CHAT,
    PRESETS,
    SELECTORS,
    STEPS,
    Sampler,
    Step,
    brief,
    suggested,
    whole,
)

TEXTS = st.text(min_size=1, max_size=9).filter(str.strip)
HOLDS: dict[object, st.SearchStrategy[Any]] = {
    "text": TEXTS,
    "texts": st.lists(TEXTS, max_size=3).map(tuple),
    "biases": st.lists(st.tuples(st.integers(0, 99), st.floats(-9, 9)), max_size=3).map(tuple),
}


def values(kind: Any) -> st.SearchStrategy[Any]:
    return HOLDS[kind] if isinstance(kind, str) else st.floats(*kind, allow_nan=False)


def steps_of(table: dict[str, Any]) -> st.SearchStrategy[Step]:
    return st.sampled_from(sorted(table)).flatmap(
        lambda name: st.tuples(*map(values, table[name].values())).map(
            lambda found: Step(name, tuple(zip(table[name], found, strict=True)))
        )
    )


@given(st.lists(steps_of(STEPS), max_size=6).map(tuple), steps_of(SELECTORS), st.integers(1, 10**6))
def test_a_chain_reads_back_in_its_order(steps: tuple[Step, ...], end: Step, most: int) -> None:
    sampler = Sampler(steps, end.name, most, end.numbers)
    data = json.loads(json.dumps(sampler.to_json()))
    assert Sampler.from_json(data) == sampler
    assert data == sampler.to_json()
    assert [each["name"] for each in data["chain"]] == [*(step.name for step in steps), end.name]


def test_defaults_say_every_number() -> None:
    assert BASE.to_json()["chain"] == [{"name": "temperature", "t": 1.0}, {"name": "dist"}]
    assert [each["name"] for each in CHAT.to_json()["chain"]] == [
        "top_k", "top_p", "min_p", "temperature", "dist",
    ]  # fmt: skip


def test_what_is_left_out_has_a_default() -> None:
    assert Sampler.from_json({}) == Sampler((), "dist", 120)
    assert Sampler.from_json({"chain": [{"name": "greedy"}]}).selector == "greedy"
    steps = Sampler.from_json({"chain": [{"name": "top_p", "p": 0.9}]})
    assert steps.steps == (Step("top_p", (("p", 0.9), ("keep", 1))),)
    assert steps.selector == "dist"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"chain": 5}, "list of steps"),
        ({"chain": ["dist"]}, "list of steps"),
        ({"chain": [{"name": "magic"}, {"name": "dist"}]}, "not known"),
        ({"chain": [{"name": ["x"]}]}, "not known"),
        ({"chain": [{"name": "greedy"}, {"name": "temperature", "t": 1}]}, "not known"),
        ({"chain": [{"name": "temperature"}]}, "exactly these numbers: t"),
        ({"chain": [{"name": "temperature", "t": 1, "x": 2}]}, "exactly these numbers"),
        ({"chain": [{"name": "temperature", "t": "hot"}]}, "write a number"),
        ({"chain": [{"name": "temperature", "t": True}]}, "write a number"),
        ({"chain": [{"name": "temperature", "t": float("nan")}]}, "write a number"),
        ({"chain": [{"name": "temperature", "t": -1}]}, "must lie in 0 to 100"),
        ({"max_tokens": 0}, "must lie in"),
        ({"chain": [{"name": "grammar", "text": " "}]}, "text of 1 to"),
        ({"chain": [{"name": "grammar", "text": 5}]}, "text of 1 to"),
        ({"chain": [{"name": "logit_bias", "biases": [[1]]}]}, "list of pairs"),
        ({"chain": [{"name": "logit_bias", "biases": 3}]}, "list of pairs"),
        ({"chain": [{"name": "logit_bias", "biases": [[-1, 2]]}]}, "token id"),
        ({"chain": [{"name": "mirostat_v2"}]}, "exactly these numbers: tau, eta"),
        ({"chain": [{"name": "greedy", "t": 1}]}, "exactly these numbers: none"),
        ({"chain": [{"name": "adaptive_p", "target": 2, "decay": 0.5}]}, "must lie in 0 to 1"),
        ({"preset": "magic"}, "must be one of base"),
        ({"preset": ["x"]}, "must be one of base"),
        ({"preset": "chat", "chain": []}, "without a chain"),
    ],
)
def test_a_wrong_chain_is_refused_with_a_reason(data: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        Sampler.from_json(data)


def test_breakers_that_are_no_list_of_texts_are_refused() -> None:
    dry = {"name": "dry", "multiplier": 1, "base": 2, "allowed": 2, "last_n": 64}
    assert dict(Sampler.from_json({"chain": [dry]}).steps[0].numbers)["breakers"]
    for wrong in ("x", [""], [3]):
        with pytest.raises(BadInput, match="breakers"):
            Sampler.from_json({"chain": [{**dry, "breakers": wrong}]})


def test_presets_are_chains_by_name() -> None:
    for name, preset in PRESETS.items():
        assert Sampler.from_json({"preset": name, "max_tokens": 120}) == preset
        assert Sampler.from_json(preset.to_json()) == preset
    assert Sampler.from_json({"preset": "greedy", "max_tokens": 7}) == Sampler((), "greedy", 7)


def test_a_file_may_suggest_numbers() -> None:
    assert suggested({}) == CHAT
    found = suggested({"general.sampling.temp": 0.6, "general.sampling.top_k": 20})
    assert [step["name"] for step in found.to_json()["chain"]] == [
        "top_k", "top_p", "min_p", "temperature", "dist",
    ]  # fmt: skip
    assert found.steps[0] == Step("top_k", (("k", 20),))
    assert found.steps[3] == Step("temperature", (("t", 0.6),))
    assert suggested({"general.sampling.temp": "hot", "general.sampling.top_p": 7}) == CHAT


def test_a_stored_sampler_is_told_in_short_and_whole() -> None:
    assert brief(PRESETS["base"].to_json()) == "temp 1, nothing cut"
    assert brief(PRESETS["greedy"].to_json()) == "greedy, always the likeliest"
    assert brief(PRESETS["chat"].to_json()) == "top-k 40, top-p 0.95, min-p 0.05, temp 0.8"
    assert brief({"chain": [{"name": "top_n_sigma", "n": 1.5}]}) == "top-n-sigma 1.5"
    assert brief({"chain": [{"name": "mirostat", "tau": 5, "eta": 0.1, "m": 100}]}) == (
        "mirostat 5 0.1 100"
    )
    grammar = {"name": "grammar", "text": "x" * 999, "root": "root"}
    assert brief({"chain": [grammar]}) == "grammar"
    (told,) = whole({"chain": [grammar]})
    assert told == f"grammar, text {'x' * 200}, root root"
    assert whole(PRESETS["chat"].to_json()) == [
        "top-k, k 40", "top-p, p 0.95, keep 1", "min-p, p 0.05, keep 1", "temp, t 0.8", "dist",
        "at most 120 tokens",
    ]  # fmt: skip


@pytest.mark.parametrize("data", [None, {}, {"max_tokens": 9}, {"chain": 3}, {"chain": [3, {}]}])
def test_what_is_not_stored_is_unknown(data: Any) -> None:
    assert brief(data) == "unknown"
    assert whole(data) == ["unknown"]

"""Samplers: an ordered chain with every number, or a reason why not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.kit.errors import BadInput
from stage.play.sampling import BASE, CHAT, SELECTORS, STEPS, Sampler, Step

STEP = st.sampled_from(sorted(STEPS)).flatmap(
    lambda name: st.tuples(
        *(st.floats(low, high, allow_nan=False) for low, high in STEPS[name].values())
    ).map(lambda values: Step(name, tuple(zip(STEPS[name], values, strict=True))))
)


@given(st.lists(STEP, max_size=6).map(tuple), st.sampled_from(SELECTORS), st.integers(1, 10**6))
def test_a_chain_reads_back_in_its_order(steps: tuple[Step, ...], end: str, most: int) -> None:
    sampler = Sampler(steps, end, most)
    data = json.loads(json.dumps(sampler.to_json()))
    assert Sampler.from_json(data) == sampler
    assert [each["name"] for each in data["chain"]] == [*(step.name for step in steps), end]


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
    ],
)
def test_a_wrong_chain_is_refused_with_a_reason(data: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        Sampler.from_json(data)

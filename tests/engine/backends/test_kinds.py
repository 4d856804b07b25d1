"""Going back to a branch, on every kind of memory: what is said there is what a cold start says."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from stage.engine import protocol
from stage.engine.backends import BACKENDS
from stage.engine.orders import LoadSettings
from stage.engine.worker.cold import Cold
from stage.engine.worker.takes import FirstRows
from tests.engine.helpers import Rig
from tests.engine.kinds import KINDS, WINDOW, write_kind

STATIC = "The lamp room of a lighthouse, past midnight. Iris keeps the lamp, Marlow reads.\n"
CLOSE = 0.02  # nats between two tokens that may change places with the shape of a batch
TAIL_ONLY = {"mamba", "jamba"}
_files: dict[str, Path] = {}


class Greedy(Rig):
    """A loop over a tiny model; takes say what is likeliest."""

    selector = "greedy"

    def __init__(self, kind: str, cells: int = 2048) -> None:
        path = _files[kind]
        super().__init__(BACKENDS["llama"].open(path, LoadSettings(cells=cells), 1, lambda _: True))

    def take(self, name: str, prompt: str, tokens: int = 16) -> dict[str, Any]:
        self.ask(name, prompt, tokens=tokens)
        self.finish()
        over = self.overs()[f"{name}.0"]
        assert over.error is None
        return over.timings

    def gaps(self, take: str) -> list[float]:
        """Between the likeliest and the next, for every token."""
        reports = [each for each in self.of(protocol.Said) if each.take == take]
        packed = b"".join(protocol.unpacked(each.top_logprobs) for each in reports)
        tops = struct.unpack(f"<{len(packed) // 2}e", packed)
        return [tops[at] - tops[at + 1] for at in range(0, len(tops), protocol.TOP)]


@pytest.fixture(params=sorted(KINDS))
def kind(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")
    name: str = request.param
    if name not in _files:
        _files[name] = write_kind(tmp_path_factory.mktemp("kinds") / f"{name}.gguf", name)
    return name


@pytest.fixture
def rig(kind: str) -> Iterator[Greedy]:
    made = Greedy(kind)
    yield made
    made.runner.close()


def cold(kind: str, prompt: str, tokens: int = 16) -> tuple[list[int], list[float]]:
    made = Greedy(kind)
    try:
        made.take("cold", prompt, tokens)
        return made.tokens("cold.0"), made.gaps("cold.0")
    finally:
        made.runner.close()


def agree(kind: str, rig: Greedy, name: str, prompt: str) -> None:
    """Fail unless a take says what a cold start says, near ties excepted."""
    said = rig.tokens(f"{name}.0")
    expected, gaps = cold(kind, prompt, len(said))
    for token, wanted, gap in zip(said, expected, gaps, strict=False):
        if token != wanted:
            assert gap < CLOSE
            return


def test_the_model_says_honestly_what_it_can(rig: Greedy, kind: str) -> None:
    facts = rig.runner.facts
    assert facts.branch_anywhere == facts.rewind == (kind not in TAIL_ONLY)
    assert facts.window == (WINDOW if kind == "gemma2" else 0)
    assert facts.cancel_in_decode == facts.branch_anywhere
    assert facts.spare > 0


def test_a_branch_and_the_way_back_say_what_a_cold_start_says(rig: Greedy, kind: str) -> None:
    first, other = STATIC + "Iris: The lamp", STATIC + "Iris: Look at the sea"
    rig.take("a", first)
    branched = rig.take("b", other)
    back = rig.take("c", first)
    assert rig.tokens("c.0") == rig.tokens("a.0")
    assert back["prompt_tokens_evaluated"] == 0
    agree(kind, rig, "a", first)
    agree(kind, rig, "b", other)
    if kind not in TAIL_ONLY:
        assert branched["prompt_tokens_evaluated"] <= len(rig.ids("Iris: Look at the sea"))
    line = rig.said("a.0").decode("utf-8", "replace")
    assert line
    longer = first + " went dark, once.\nMarlow:"
    went_on = rig.take("d", longer)
    assert went_on["prompt_tokens_kept"] >= len(rig.ids(first))  # a turn's boundary, if no more
    agree(kind, rig, "d", longer)


def test_going_on_from_a_generated_line_evaluates_the_new_tokens_only(
    rig: Greedy, kind: str
) -> None:
    prompt = rig.ids(STATIC + "Iris:")
    rig.take("a", STATIC + "Iris:")
    line, new = rig.tokens("a.0"), rig.ids("\nMarlow:")
    order = {"id": "b.0", "seed": 1, "sampler": {"chain": [{"name": "greedy"}], "max_tokens": 12},
             "cut": {"own": [], "others": [], "blocks": False}}  # fmt: skip
    rig.loop.perform(protocol.Perform("b", [*prompt, *line, *new], [order]))
    rig.finish()
    timings = rig.timings("b.0")
    assert timings["prompt_tokens_evaluated"] == len(new) + 1  # its last token never was
    fresh = Greedy(kind)
    fresh.loop.perform(protocol.Perform("b", [*prompt, *line, *new], [order]))
    fresh.finish()
    pairs = zip(rig.tokens("b.0"), fresh.tokens("b.0"), fresh.gaps("b.0"), strict=False)
    broken = next((gap for one, other, gap in pairs if one != other), 0.0)
    fresh.runner.close()
    assert broken < CLOSE


def test_a_branch_that_left_the_cache_comes_back_from_memory(rig: Greedy, kind: str) -> None:
    admission = rig.loop._admission
    prompts = [STATIC + f"Iris: {word} and" for word in ("Dark", "Light", "Rain")]
    for number, prompt in enumerate(prompts):
        rig.take(f"a{number}", prompt)
    while admission.evict():
        pass
    assert not list(admission.trunks)
    stretches = [b.tokens[b.start :] for b in admission.storing.cold._branches.values()]
    if kind not in TAIL_ONLY:  # what they share is in memory once
        static = len(rig.ids(STATIC))
        assert sum(len(each) for each in stretches) < 2 * static + 3 * 40
    for number, prompt in enumerate(prompts):
        timings = rig.take(f"b{number}", prompt)
        assert timings["prompt_tokens_evaluated"] == 0
        restored = timings["prompt_tokens_restored"]
        assert restored > 0
        assert restored <= len(rig.ids(prompt))
        if number and kind not in TAIL_ONLY:  # the trunk is in the cache again
            assert restored < len(rig.ids(prompt)) - static + 4
        assert rig.tokens(f"b{number}.0") == rig.tokens(f"a{number}.0")


def test_a_branch_that_was_changed_in_memory_is_evaluated_anew(rig: Greedy) -> None:
    admission = rig.loop._admission
    rig.take("a", STATIC + "Iris:")
    while admission.evict():
        pass
    for branch in admission.storing.cold._branches.values():
        branch.data[len(branch.data) // 2] ^= 4
    timings = rig.take("b", STATIC + "Iris:")
    assert timings["prompt_tokens_evaluated"] == len(rig.ids(STATIC + "Iris:"))
    assert timings["prompt_tokens_restored"] == 0
    assert rig.tokens("b.0") == rig.tokens("a.0")


def test_a_shared_beginning_is_kept_even_where_nothing_can_be_cut(rig: Greedy, kind: str) -> None:
    private = [f"You are {name}.\n{name}:" for name in ("Iris", "Marlow", "Rufus")]
    for number, text in enumerate(private):
        timings = rig.take(f"a{number}", STATIC + text)
        agree(kind, rig, f"a{number}", STATIC + text)
    # the second prompt shows where the two part, so that the third goes on from there
    assert timings["prompt_tokens_kept"] >= len(rig.ids(STATIC + "You are"))


def test_takes_with_different_beginnings_run_together(rig: Greedy, kind: str) -> None:
    prompts = {f"r{n}": f"{n} bells. " * (3 + 9 * (n % 3)) + "Iris:" for n in range(6)}
    for number, (name, prompt) in enumerate(prompts.items()):
        rig.ask(name, prompt, takes=1, tokens=10 + 3 * number)
        rig.loop.step()
        rig.loop.step()
    rig.finish()
    for name, prompt in prompts.items():
        assert rig.overs()[f"{name}.0"].reason in ("length", "eog")
        agree(kind, rig, name, prompt)


@pytest.fixture
def llama(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Greedy]:
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")
    if "llama" not in _files:
        _files["llama"] = write_kind(tmp_path_factory.mktemp("kinds") / "llama.gguf", "llama")
    made = Greedy("llama", cells=4096)
    yield made
    made.runner.close()


def test_sixty_four_takes_run_in_one_batch_and_leave_as_they_end(llama: Greedy) -> None:
    llama.selector = "dist"
    llama.ask("a", STATIC + "Iris:", takes=64, tokens=24)
    llama.finish()
    overs = llama.overs().values()
    assert len(overs) == 64
    assert {over.reason for over in overs} <= {"length", "eog"}
    assert llama.loop.step_count <= 24  # the prompt, then one step for each token of all
    assert len({llama.said(f"a.{n}") for n in range(64)}) > 32


def test_the_order_of_arrival_changes_nothing(llama: Greedy) -> None:
    prompts = {"a": STATIC + "Iris: The", "b": STATIC + "Marlow: No", "c": "Rain fell. " * 20}

    def play(names: str, run: int) -> None:
        for name in names:
            llama.ask(f"{name}{run}", prompts[name], takes=3, tokens=14)
            llama.loop.step()
        llama.finish()
        while llama.loop._admission.evict():
            pass
        llama.loop._admission.storing.cold = Cold(0, "", whole=False)  # each time from nothing
        llama.loop._admission.rows = FirstRows(4)

    for run, names in enumerate(("abc", "cba", "bac")):
        play(names, run)
    for name in prompts:
        gaps = llama.gaps(f"{name}0.0")
        for run in (1, 2):
            for take in range(3):
                one, other = llama.tokens(f"{name}0.0"), llama.tokens(f"{name}{run}.{take}")
                broken = (gap for a, b, gap in zip(one, other, gaps, strict=False) if a != b)
                assert next(broken, 0.0) < CLOSE


def test_takes_flow_on_while_a_long_prompt_is_read(llama: Greedy) -> None:
    llama.ask("a", STATIC + "Iris:", takes=2, tokens=60)
    llama.loop.step()
    llama.ask("b", "Rain fell on the sea. " * 20, tokens=5)
    while not any(over.take == "b.0" for over in llama.of(protocol.Over)):
        before, read = llama.loop.step_count, len(llama.of(protocol.Reading))
        llama.loop.step()
        assert llama.loop.step_count == before + 1
        if len(llama.of(protocol.Reading)) > read and llama.loop._admission.live:
            assert all(take.count >= before - 1 for take in llama.loop._admission.live[:2])
    llama.finish()
    agree("llama", llama, "b", "Rain fell on the sea. " * 20)


def test_a_beginning_of_a_branch_in_memory_serves_another_prompt(llama: Greedy) -> None:
    llama.take("a", STATIC + "Iris: Dark and deep")
    while llama.loop._admission.evict():
        pass
    timings = llama.take("b", STATIC + "Iris: Light")
    shared = len(llama.ids(STATIC + "Iris: "))
    assert timings["prompt_tokens_restored"] >= shared - 1
    assert timings["prompt_tokens_evaluated"] <= len(llama.ids("Light")) + 2
    agree("llama", llama, "b", STATIC + "Iris: Light")


def test_a_cache_that_is_too_small_for_all_waits_and_evicts(llama: Greedy) -> None:
    """Five prompts of half the cache each, by turns: none fails, none says another's words."""
    small = Greedy("llama", cells=512)
    prompts = [f"{n} bells. " * 22 + "Iris:" for n in range(5)]
    for turn in range(2):
        for number, prompt in enumerate(prompts):
            small.ask(f"r{turn}{number}", prompt, takes=2, tokens=12)
            small.loop.step()
    small.finish()
    used = small.loop._admission.trunks
    assert 0 <= used.used <= 512
    for number, prompt in enumerate(prompts):
        assert small.overs()[f"r0{number}.0"].error is None
        agree("llama", small, f"r0{number}", prompt)
        agree("llama", small, f"r1{number}", prompt)
    small.runner.close()

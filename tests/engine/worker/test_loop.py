from __future__ import annotations

import itertools
import json
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stage.engine import protocol
from stage.engine.backends import BACKENDS
from stage.engine.orders import LoadSettings
from stage.engine.worker.loop import Bite
from stage.engine.worker.pace import Pace
from tests.engine.helpers import Rig
from tests.engine.tiny import write_tiny


def test_takes_of_one_prompt_share_its_evaluation() -> None:
    rig = Rig()
    rig.ask("r", 'go @@{"say": "Hello there."}', takes=5)
    rig.finish()
    assert {over.reason for over in rig.overs().values()} == {"eog"}
    assert all(rig.said(f"r.{n}") == b"Hello there." for n in range(5))
    prompt = len(rig.runner.tokenise('go @@{"say": "Hello there."}', special=False)) + 1
    for over in rig.overs().values():
        assert over.timings["prompt_tokens_evaluated"] == prompt
        assert over.timings["tokens"] == 13  # the end token counts and says nothing
    # one decode for the prompt, then one for each further token of all takes together
    assert rig.loop.step_count == 1 + 12


def test_requests_with_the_same_prompt_that_arrive_together_evaluate_it_once() -> None:
    rig = Rig()
    for name in ("a", "b"):
        rig.ask(name, 'go @@{"say": "Yes."}', takes=2)
    rig.finish()
    overs = rig.overs()
    assert len(overs) == 4
    assert overs["a.0"].timings["prompt_tokens_evaluated"] > 0
    assert overs["b.0"].timings["prompt_tokens_evaluated"] == 0


def test_a_request_joins_while_another_runs() -> None:
    rig = Rig()
    rig.ask("a", 'go @@{"say": "%s"}' % ("long " * 30), tokens=200)
    for _ in range(20):
        rig.loop.step()
    rig.ask("b", 'other @@{"say": "Short."}')
    rig.finish()
    order = [over.take for over in rig.of(protocol.Over)]
    assert order == ["b.0", "a.0"]
    assert rig.said("a.0").decode() == "long " * 30


def test_a_later_prompt_evaluates_only_what_is_new() -> None:
    rig = Rig()
    rig.ask("a", "Once upon a time")
    rig.finish()
    again = len(rig.reports)
    rig.ask("b", "Once upon a time I hear you. And then")
    rig.finish()
    timings = rig.overs()["b.0"].timings
    assert timings["prompt_tokens_kept"] >= len("Once upon a time")
    assert timings["prompt_tokens_evaluated"] <= len(" I hear you. And then") + 1
    rig.ask("c", "Once upon a time")
    rig.finish()
    assert rig.overs()["c.0"].timings["prompt_tokens_evaluated"] == 0
    assert len(rig.reports) > again


def test_a_long_prompt_comes_in_chunks_and_its_progress_is_told() -> None:
    rig = Rig()
    rig.ask("a", "x" * 1300 + ' @@{"say": "Done."}')
    rig.finish()
    done = [reading.done for reading in rig.of(protocol.Reading)]
    assert done == sorted(done)
    assert len(done) == 3
    assert done[-1] == rig.of(protocol.Reading)[-1].total


def test_running_takes_flow_while_a_long_prompt_is_read() -> None:
    rig = Rig()
    rig.ask("a", 'go @@{"say": "%s"}' % ("y" * 60), tokens=100)
    rig.loop.step()
    rig.ask("b", "x" * 1800 + ' @@{"say": "Done."}')
    before = rig.loop.step_count
    rig.finish()
    assert rig.loop.step_count - before <= 60 + 5  # the chunks rode along


@pytest.mark.parametrize(
    ("plan", "cut", "reason", "raw", "cut_at"),
    [
        ('{"say": "Hi.\\nBob: no"}', {"others": ["Bob"], "own": ["Ann"]}, "label", "Hi.\nBob:", 3),
        ('{"say": "Hi.\\n\\nMore"}', {"blocks": True}, "block_end", "Hi.\n\n", 3),
        ('{"say": "Hi.\\nZed: x"}', {"blocks": True}, "new_name", "Hi.\nZed: ", 3),
        ('{"endless": true}', {}, "length", "x" * 20, None),
    ],
)
def test_ends_of_lines(
    plan: str, cut: dict[str, object], reason: str, raw: str, cut_at: int | None
) -> None:
    rig = Rig()
    rig.ask("r", f"go @@{plan}", takes=2, **cut)
    rig.finish()
    for take in ("r.0", "r.1"):
        over = rig.overs()[take]
        assert (over.reason, over.cut_at) == (reason, cut_at)
        assert rig.said(take).decode() == raw


def test_stopping_one_take_lets_the_others_go_on() -> None:
    rig = Rig()
    rig.ask("r", 'go @@{"say": "0123456789"}', takes=3)
    for _ in range(5):
        rig.loop.step()
    rig.loop.stop("r", "r.1")
    rig.finish()
    assert [rig.overs()[f"r.{n}"].reason for n in range(3)] == ["eog", "user", "eog"]
    assert b"0123456789".startswith(rig.said("r.1"))
    rig.ask("s", 'go @@{"endless": true}', takes=2, tokens=1000)
    rig.loop.step()
    rig.loop.stop("s", "")
    assert not rig.loop.busy
    assert {rig.overs()[f"s.{n}"].reason for n in range(2)} == {"user"}


def test_takes_that_do_not_fit_together_wait_their_turn() -> None:
    rig = Rig(cells=260, context=250)
    rig.ask("r", 'p @@{"endless": true}', takes=8, tokens=60)
    rig.finish()
    assert {over.reason for over in rig.overs().values()} == {"length"}
    assert len(rig.overs()) == 8


def test_more_takes_than_sequences_run_in_waves() -> None:
    rig = Rig()
    rig.ask("r", 'p @@{"wild": 5}', takes=70)
    rig.finish()
    assert len(rig.overs()) == 70
    assert {over.reason for over in rig.overs().values()} == {"eog"}


def test_a_take_that_runs_out_of_context_ends_with_context() -> None:
    rig = Rig(cells=100, context=60)
    rig.ask("r", 'p @@{"endless": true}', takes=2, tokens=500)
    rig.finish()
    prompt = rig.overs()["r.0"].timings["prompt_tokens_evaluated"]
    for over in rig.overs().values():
        assert (over.reason, over.error) == ("context", None)
        assert 1 <= over.timings["tokens"] <= 60 - prompt + 1


def test_a_prompt_that_is_too_long_is_told() -> None:
    rig = Rig(cells=100, context=60)
    rig.ask("r", "x" * 80, takes=2)
    assert not rig.loop.busy
    for over in rig.overs().values():
        assert over.reason == "context"
        assert "81 tokens but this model reads at most 60" in (over.error or "")


def test_empty_prompts_and_foreign_tokens_are_told() -> None:
    rig = Rig()
    order = {"id": "t", "seed": 1, "sampler": {}, "cut": {"own": [], "others": [], "blocks": False}}
    for tokens, words in (([], "empty"), ([5, 999_999], "does not have"), ([-1], "does not have")):
        rig.loop.perform(protocol.Perform("r", tokens, [order]))
        over = rig.of(protocol.Over)[-1]
        assert over.reason == "error"
        assert words in (over.error or "")
    bad = {**order, "sampler": {"chain": [{"name": "top_p", "p": 7, "keep": 1}]}}
    rig.loop.perform(protocol.Perform("r", [5], [bad]))
    assert "must lie in" in (rig.of(protocol.Over)[-1].error or "")
    assert not rig.loop.busy


@pytest.mark.parametrize(("fault", "reason"), [("fail", "error"), ("full", "context")])
def test_a_failing_decode_ends_its_takes_and_nothing_else(fault: str, reason: str) -> None:
    rig = Rig()
    rig.ask("r", "p @@" + json.dumps({"say": "abcdef", "fault": fault, "at": 3}))
    rig.finish()
    assert rig.overs()["r.0"].reason == reason
    assert rig.said("r.0") == b"abc"
    rig.ask("s", 'p @@{"say": "Fine."}')
    rig.finish()
    assert rig.said("s.0") == b"Fine."


def test_a_stop_breaks_off_the_reading_of_a_prompt() -> None:
    rig = Rig()
    rig.ask("r", 'p @@{"say": "abc"}')
    decode = rig.runner.decode

    def stopped(rows: list[Any]) -> int:
        thread = threading.Thread(target=rig.loop.interrupt)  # as the reader's thread does
        thread.start()
        thread.join()
        return int(decode(rows))

    rig.runner.decode = stopped
    rig.loop.step()  # aborted: nothing is lost, the prompt is still to be read
    assert not rig.of(protocol.Reading)
    assert not rig.of(protocol.Over)
    rig.runner.decode = decode
    rig.finish()
    assert rig.said("r.0") == b"abc"


@pytest.mark.parametrize("kind", ["echo", "llama"])
def test_a_stop_breaks_off_a_step_of_takes_and_costs_the_others_nothing(
    kind: str, tmp_path: Path
) -> None:
    """One step of many takes of a large model is longer than a stop may take."""
    plain, broken = _two(kind, tmp_path)
    decode, left = broken.runner.decode, [3, 4, 9]

    def stopped(rows: list[Any]) -> int:
        if broken.loop.step_count in left:
            left.remove(broken.loop.step_count)
            broken.loop.interrupt()
        return int(decode(rows))

    broken.runner.decode = stopped
    for rig in (plain, broken):
        rig.ask("r", 'p @@{"say": "abcdefghijklmnop"}', takes=3)
        rig.finish()
    assert not left
    for take in ("r.0", "r.1", "r.2"):
        assert broken.tokens(take) == plain.tokens(take)
        assert broken.overs()[take].reason == plain.overs()[take].reason
    for rig in (plain, broken):
        rig.runner.close()


def _two(kind: str, folder: Path) -> tuple[Rig, Rig]:
    """Two loops of the same model: the scripted one, or a real one."""
    if kind == "echo":
        return Rig(), Rig()
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")
    path = write_tiny(folder / "tiny.gguf", llama__context_length=512)
    settings = LoadSettings(cells=512)
    opened = (BACKENDS["llama"].open(path, settings, 1, lambda _: True) for _ in range(2))
    one, other = (Rig(each) for each in opened)
    return one, other


def test_reports_come_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = itertools.count(0.0, 0.001)  # some milliseconds a step
    watch = SimpleNamespace(monotonic=lambda: next(clock))
    monkeypatch.setattr("stage.engine.worker.loop.time", watch)
    rig = Rig()
    rig.ask("r", 'p @@{"endless": true}', tokens=300)
    rig.finish()
    assert rig.overs()["r.0"].timings["tokens"] == 300
    assert len(rig.of(protocol.Said)) < 100
    assert rig.of(protocol.Began)[0].batch["takes"] == 1


def test_the_seed_decides_what_is_drawn() -> None:
    first, second = Rig(), Rig()
    for rig in (first, second):
        rig.ask("r", 'p @@{"wild": 12}', takes=4)
        rig.finish()
    said = [first.said(f"r.{n}") for n in range(4)]
    assert said == [second.said(f"r.{n}") for n in range(4)]
    assert len(set(said)) == 4


def test_closing_frees_the_chains() -> None:
    rig = Rig()
    rig.ask("r", 'p @@{"endless": true}')
    rig.loop.step()
    rig.loop.pace = Pace(crowd=lambda: 0.0)
    rig.loop.threads_to(3)
    rig.loop.step()
    assert rig.runner.threads == 3
    rig.loop.close()


def test_queued_prompts_with_a_common_beginning_evaluate_it_once() -> None:
    rig = Rig()
    static = "The same long beginning for everyone. " * 40
    for name in ("a", "b", "c"):
        rig.ask(name, static + name * 30 + ' @@{"say": "Yes."}')
    rig.finish()
    evaluated = [rig.timings(f"{name}.0")["prompt_tokens_evaluated"] for name in ("a", "b", "c")]
    assert evaluated[0] > len(static)
    assert max(evaluated[1:]) <= 30 + len(' @@{"say": "Yes."}') + 1
    assert {rig.said(f"{name}.0") for name in ("a", "b", "c")} == {b"Yes."}


def test_a_prompt_that_waits_for_another_goes_on_when_that_one_is_stopped() -> None:
    rig = Rig()
    static = "x" * 1500
    rig.ask("a", static + 'a @@{"say": "Never."}')
    rig.ask("b", static + 'b @@{"say": "Yes."}')
    rig.loop.step()
    rig.loop.stop("a", "")
    rig.finish()
    assert rig.overs()["a.0"].reason == "user"
    assert rig.said("b.0") == b"Yes."
    assert rig.timings("b.0")["prompt_tokens_kept"] >= 512  # what the first had read by then


def test_a_long_prompt_is_read_in_small_bites_beside_running_takes() -> None:
    rig = Rig()
    rig.ask("a", 'go @@{"say": "%s"}' % ("y" * 60), tokens=100)
    rig.loop.step()
    rig.ask("b", "x" * 600 + ' @@{"say": "Done."}')
    rig.loop.step()
    rig.loop.step()
    first, second = (reading.done for reading in rig.of(protocol.Reading)[-2:])
    assert second - first < 150
    rig.finish()


def test_where_a_decode_cannot_be_broken_off_it_stays_short() -> None:
    rig = Rig()
    rig.loop.bite = Bite(breakable=False)
    rig.ask("a", "x" * 1000 + ' @@{"say": "Done."}')
    rig.loop.step()
    assert rig.of(protocol.Reading)[-1].done <= 64
    rig.loop.bite.learn(64, 10.0)  # a slow machine
    rig.loop.step()
    done = [reading.done for reading in rig.of(protocol.Reading)]
    assert done[-1] - done[-2] <= 16
    for _ in range(6):
        rig.loop.bite.learn(400, 0.001)  # a fast one
    rig.loop.step()
    done = [reading.done for reading in rig.of(protocol.Reading)]
    assert done[-1] - done[-2] > 300
    assert Bite(breakable=True).most(0) == 512


BEGINNINGS = ["", "Once ", "Once upon ", "Once upon a time, ", "Twice "]


@given(
    st.lists(
        st.tuples(st.sampled_from(BEGINNINGS), st.integers(0, 5), st.integers(1, 4), st.booleans()),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from([(150, 1), (300, 1), (300, 0), (2000, 1)]),
)
@settings(max_examples=40, deadline=None)
def test_whatever_is_shared_evicted_and_restored_the_text_is_the_same(
    asked: list[tuple[str, int, int, bool]], memory: tuple[int, int]
) -> None:
    cells, spare = memory
    rig = Rig(cells=cells, context=120)
    rig.loop._admission.storing.cold._budget *= spare
    for number, (beginning, word, takes, wait) in enumerate(asked):
        say = f"Answer {word}."
        rig.ask(f"r{number}", f"{beginning}{'la ' * word}@@" + json.dumps({"say": say}), takes)
        if wait:
            rig.finish()
        else:
            rig.loop.step()
    rig.finish()
    for number, (_, word, takes, _) in enumerate(asked):
        for take in range(takes):
            assert rig.said(f"r{number}.{take}") == f"Answer {word}.".encode()
            timings = rig.timings(f"r{number}.{take}")
            assert timings["prompt_tokens_restored"] <= timings["prompt_tokens_kept"]
    used = rig.loop._admission.trunks
    assert sum(1 for _ in used) + used.free_ids == rig.runner.facts.sequences - 1
    assert set(rig.runner._held) == {held.id for held in used}
    assert all(rig.runner._held[held.id] == held.tokens.tolist() for held in used)

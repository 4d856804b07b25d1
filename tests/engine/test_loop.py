from __future__ import annotations

import json
import threading
import time

import pytest

from stage.engine import protocol
from tests.engine.helpers import Rig


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
    rig.ask("r", 'p @@{"slow": 0.2, "say": "abc"}')

    def stop() -> None:
        time.sleep(0.05)
        rig.loop.interrupt()

    thread = threading.Thread(target=stop)
    thread.start()
    rig.loop.step()  # aborted: nothing is lost, the prompt is still to be read
    thread.join()
    assert not rig.of(protocol.Over)
    rig.finish()
    assert rig.said("r.0") == b"abc"


def test_reports_come_in_batches() -> None:
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
    rig.loop.threads_to(3)
    rig.loop.step()
    assert rig.runner.threads == 3
    rig.loop.close()

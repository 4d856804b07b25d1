from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stage.engine import client as client_module
from stage.engine import model as model_module
from stage.engine import protocol
from stage.engine.model import Model
from stage.engine.orders import Pieces, Prepared, Started
from stage.engine.performance import Performance
from stage.engine.pool import Pool, _stand_in
from stage.kit.errors import KnownError
from stage.play.cutting import CutRule
from stage.play.line import Cut
from stage.play.token import Vocabulary
from tests.engine.helpers import (
    GREEDY,
    LONG,
    chat_prompt,
    endings,
    orders,
    run,
    script,
    text_prompt,
    tokens_of,
    watch,
)


@contextlib.asynccontextmanager
async def opened(*names: str) -> AsyncIterator[list[Model]]:
    pool = Pool(cores=2, backend="echo")
    try:
        yield [await pool.load(Path(name)) for name in names or ("/none/a",)]
    finally:
        await pool.close()


async def heard(running: Performance, text: str) -> None:
    """Follow the only take of a performance until it has said so much."""
    said = ""
    while said != text:
        event = await anext(running)
        said += event.text if isinstance(event, Pieces) else ""


def test_a_take_comes_in_pieces_that_make_up_its_text() -> None:
    async def work() -> None:
        async with opened() as [model]:
            prepared = await model.prepare(script(say="Grüße ☃ und Äpfel.", slow=0.02))
            events = await watch(model.perform(prepared, orders(2, GREEDY)))
            ended = endings(events)
            for take, end in ended.items():
                tokens = tokens_of(events, take)
                pieces = [each for each in events if isinstance(each, Pieces) and each.take == take]
                assert end.raw_text == "Grüße ☃ und Äpfel."
                assert b"".join(token.piece for token in tokens).decode() == end.raw_text
                assert "".join(each.text for each in pieces) == end.raw_text
                assert pieces[0].first == 0
                assert end.tokens_total == len(tokens)
                assert tokens[-1].piece == b""
                assert model.vocabulary.text(tokens[-1].id) == "<eog>"
                assert all(len(token.top) == 10 for token in tokens)
                assert tokens[0].top[0][0] == tokens[0].id
                assert end.timings["total"] >= end.timings["first_token"] > 0
            assert [each.take for each in events if isinstance(each, Started)] == ["t0", "t1"]

    run(work())


def test_bytes_that_are_no_text_show_as_replacement_and_stay_in_the_tokens() -> None:
    async def work() -> None:
        async with opened() as [model]:
            prepared = await model.prepare(script(bytes=[0xE2, 0x98, 0x41, 0xFF, 0xE2]))
            events = await watch(model.perform(prepared, orders(1, GREEDY)))
            raw = b"".join(token.piece for token in tokens_of(events, "t0"))
            assert raw == b"\xe2\x98A\xff\xe2"
            assert endings(events)["t0"].raw_text == raw.decode("utf-8", "replace")

    run(work())


def test_a_label_cuts_and_stays_in_the_raw_text() -> None:
    async def work() -> None:
        async with opened() as [model]:
            prepared = await model.prepare(script(say="Hi.\nBob: no\n"))
            rule = CutRule(("Ann",), ("Bob",), True)
            end = endings(await watch(model.perform(prepared, orders(1, GREEDY, rule))))["t0"]
            assert (end.reason, end.raw_text, end.cut_at) == (Cut.LABEL, "Hi.\nBob:", 3)

    run(work())


def test_counting_and_chat_prompts() -> None:
    async def work() -> None:
        async with opened() as [model]:
            can = model.capabilities
            assert (can.branch_anywhere, can.tail_only, can.rewind) == (True, False, True)
            assert await model.count(["", "abc", "<eog>"]) == [0, 3, 5]
            prepared = await model.prepare(chat_prompt(("system", "S"), ("user", "U")))
            assert "<|im_start|>user\nU<|im_end|>" in prepared.text
            assert prepared.template_hash
            assert [each["line"] for each in prepared.segments if each["line"]] == ["l0", "l1"]
            assert (await model.prepare(text_prompt("plain"))).template_hash is None
            assert await watch(model.perform(prepared, [])) == []

    run(work())


def test_stopping_keeps_the_text() -> None:
    async def work() -> None:
        async with opened() as [model]:
            prepared = await model.prepare(script(endless=True, slow=0.01))
            running = model.perform(prepared, orders(3, LONG))
            speaking: set[str] = set()
            async for event in running:
                if isinstance(event, Pieces):
                    speaking.add(event.take)
                if len(speaking) == 3:
                    break
            running.stop("t1")
            running.stop("nobody")
            async for event in running:
                if getattr(event, "reason", None) is Cut.USER:
                    assert event.take == "t1"  # type: ignore[union-attr]
                    break
            running.stop()
            await running.finished()
            ended = endings(await watch(running))
            assert {each.reason for each in ended.values()} == {Cut.USER}
            assert all(set(each.raw_text) == {"x"} for each in ended.values())
            assert model.state.phase in ("busy", "ready")

    run(work())


def test_a_stop_before_the_model_had_its_turn() -> None:
    async def work() -> None:
        async with opened() as [model]:
            prepared = await model.prepare(script(endless=True))
            running = model.perform(prepared, orders(2))
            running.stop()
            ended = endings(await watch(running))
            assert {each.reason for each in ended.values()} == {Cut.USER}
            assert {each.error for each in ended.values()} == {None}

    run(work())


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("kill", "memory ran out"),
        ("abort", "a check inside llama.cpp failed"),
        ("segfault", "memory that is not its own"),
        ("raise", "a fault in Stage"),
    ],
)
def test_a_worker_that_dies_ends_its_takes_and_nobody_elses(
    fault: str, words: str, expected_logs: Any
) -> None:
    expected_logs.expect("worker ended")

    async def work() -> None:
        async with opened("/none/a", "/none/b") as [model, other]:
            doomed = await model.prepare(script(say="x" * 30, fault=fault, at=20, slow=0.02))
            fine = await other.prepare(script(say="y" * 39, slow=0.02))
            events, others = await asyncio.gather(
                watch(model.perform(doomed, orders(2))), watch(other.perform(fine, orders(2)))
            )
            for end in endings(events).values():
                assert end.reason is Cut.ERROR
                assert words in (end.error or "")
                assert end.raw_text == "x" * len(end.raw_text)
                assert 1 <= len(end.raw_text) <= 20
            assert {end.raw_text for end in endings(others).values()} == {"y" * 39}
            assert model.state.phase == "crashed"
            again = await model.prepare(script(say="Back."))
            assert model.state.phase == "ready"
            end = endings(await watch(model.perform(again, orders(1))))["t0"]
            assert end.raw_text == "Back."

    run(work())


def test_a_worker_is_restarted_twice_and_no_more(expected_logs: Any) -> None:
    expected_logs.expect("worker ended")

    async def work() -> None:
        async with opened() as [model]:
            for _ in range(3):
                prepared = await model.prepare(script(fault="abort"))
                end = endings(await watch(model.perform(prepared, orders(1))))["t0"]
                assert end.reason is Cut.ERROR
            with pytest.raises(KnownError, match="crashed 3 times within 5 minutes"):
                await model.prepare(script(say="x"))
            end = endings(await watch(model.perform(prepared, orders(1))))["t0"]
            assert "not started again" in (end.error or "")

    run(work())


def test_a_worker_that_falls_silent_is_killed(
    monkeypatch: pytest.MonkeyPatch, expected_logs: Any
) -> None:
    expected_logs.expect("worker ended")
    expected_logs.expect("is silent and gets killed")

    async def work() -> None:
        async with opened() as [model]:
            prepared = await model.prepare(script(say="abc", fault="freeze", at=2))
            running = model.perform(prepared, orders(1))
            await heard(running, "ab")
            monkeypatch.setattr(client_module, "SILENCE", 2.5)  # not for one that starts
            end = endings(await watch(running))["t0"]
            assert end.reason is Cut.ERROR
            assert "did not answer" in (end.error or "")

    run(work())


def test_a_worker_that_is_stuck_in_one_decode_is_killed(
    monkeypatch: pytest.MonkeyPatch, expected_logs: Any
) -> None:
    expected_logs.expect("worker ended")

    async def work() -> None:
        async with opened() as [model]:
            prepared = await model.prepare(script(say="abc", fault="stick", at=2))
            running = model.perform(prepared, orders(1))
            await heard(running, "ab")
            monkeypatch.setattr(client_module, "STUCK", 0.5)  # what came before may take longer
            end = endings(await watch(running))["t0"]
            assert (end.reason, end.raw_text) == (Cut.ERROR, "ab")
            assert "it was stuck in one computation" in (end.error or "")

    run(work())


def test_a_decode_that_fails_costs_its_takes_only() -> None:
    """As when memory runs out in a batch, or a GPU is lost: told, and others play on."""

    async def work() -> None:
        async with opened("/none/a", "/none/b") as [model, other]:
            worker = model._client
            doomed = await model.prepare(script(say="x" * 30, fault="fail", at=20))
            fine = await other.prepare(script(say="y" * 39, slow=0.02))
            events, others = await asyncio.gather(
                watch(model.perform(doomed, orders(2))), watch(other.perform(fine, orders(2)))
            )
            for end in endings(events).values():
                assert end.reason is Cut.ERROR
                assert end.raw_text == "x" * 20
                for words in ("could not compute", "a GPU was lost", "text is kept", "try again"):
                    assert words in (end.error or "")
            assert {end.raw_text for end in endings(others).values()} == {"y" * 39}
            again = await model.prepare(script(say="Back."))
            end = endings(await watch(model.perform(again, orders(1))))["t0"]
            assert end.raw_text == "Back."  # from the same worker
            assert model._client is worker

    run(work())


def test_a_stop_that_is_not_answered_kills_the_worker(
    monkeypatch: pytest.MonkeyPatch, expected_logs: Any
) -> None:
    expected_logs.expect("worker ended")
    monkeypatch.setattr(model_module, "PATIENCE", 0.3)
    inside: list[float] = []
    real = client_module.Client._arrived

    def arrived(client: client_module.Client, messages: list[protocol.Message]) -> None:
        inside.extend(each.inside for each in messages if isinstance(each, protocol.Beat))
        real(client, messages)

    monkeypatch.setattr(client_module.Client, "_arrived", arrived)

    async def work() -> None:
        async with opened() as [model]:
            prepared = await model.prepare(script(say="abc", fault="stick", at=2))
            running = model.perform(prepared, orders(1))
            await heard(running, "ab")
            inside.clear()
            while not any(inside):
                await asyncio.sleep(0.01)  # it sticks
            running.stop()
            end = endings(await watch(running))["t0"]
            assert end.reason is Cut.ERROR
            assert "did not answer a stop" in model.state.sentence

    run(work())


def test_a_hostile_template_costs_a_sentence_and_no_take(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.jinja"
    bomb.write_text(
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    )

    async def work() -> None:
        async with opened(str(bomb)) as [model]:
            prepared = await model.prepare(script(say="z" * 30, slow=0.02))
            running = model.perform(prepared, orders(1))
            with pytest.raises(KnownError, match="did not end within 2 seconds"):
                await model.prepare(chat_prompt(("user", "Hi")))
            assert endings(await watch(running))["t0"].raw_text == "z" * 30
            while model.state.phase != "ready":  # told after the last of the take
                await asyncio.sleep(0.01)

    run(work())


def test_a_text_without_any_break_is_carried_whole() -> None:
    async def work() -> None:
        async with opened() as [model]:
            prepared = await model.prepare(script(endless=True))
            takes = orders(1, type(GREEDY)((), "greedy", 1500))
            end = endings(await watch(model.perform(prepared, takes)))["t0"]
            assert (end.reason, end.raw_text) == (Cut.LENGTH, "x" * 1500)

    run(work())


class _Deaf:
    """In a worker's place: hears nothing, can be ended."""

    why = ""

    def send(self, message: protocol.Message) -> None:
        """Nobody reads it."""

    def kill(self, why: str) -> None:
        self.why = why


class _Alone:
    """In a pool's place."""

    async def enter(self, model: Model, *, alone: bool = False) -> None:
        """There is room."""

    def leave(self, model: Model, *, alone: bool = False) -> None:
        """Nobody waits."""

    def tell(self, model: Model) -> None:
        """Nobody asks."""


names = st.sampled_from(["t0", "t1", "t2", "q", ""])
packed = st.binary(max_size=12).map(protocol.pack) | st.text(max_size=4)
whole = st.integers(-(2**40), 2**40)
REPORTS: st.SearchStrategy[Any] = st.one_of(
    st.builds(protocol.Said, names, whole, packed, packed, packed, packed),
    st.builds(protocol.Over, names, st.sampled_from(["eog", "user", "error", "never"]),
              st.none() | whole, st.dictionaries(names, whole, max_size=2), st.none() | names),
    st.builds(protocol.Began, names, st.dictionaries(names, whole, max_size=2)),
    st.builds(protocol.Reading, names, whole, whole),
    st.builds(protocol.Scored, names, whole, whole, packed, packed, packed, packed, packed),
    st.builds(protocol.Reply, names, st.dictionaries(names, whole, max_size=2)),
    st.builds(protocol.Failed, names, names, names),
    st.builds(protocol.Progress, st.floats()),
    st.builds(protocol.Loaded, st.dictionaries(names, whole, max_size=2),
              st.dictionaries(names, whole, max_size=2), packed, st.lists(whole, max_size=2)),
    st.builds(protocol.Stop, names, names),
)  # fmt: skip


@given(st.lists(REPORTS, max_size=8))
@settings(max_examples=120, deadline=None)
def test_no_report_does_more_than_end_its_worker(reports: list[Any]) -> None:
    logging.getLogger("stage.engine").disabled = True  # each senseless report is an error there

    async def work() -> None:
        load = protocol.Load("/none", "echo", 0, 0, 0, True, 1)
        model = Model(_stand_in(Path("/none/a")), load, None, _Alone())
        model.vocabulary = Vocabulary("b2:0", [b"x"] * 9)
        model._client = deaf = _Deaf()  # type: ignore[assignment]  # it stands in for one
        running = model.perform(Prepared("", (1,)), orders(3))
        await asyncio.sleep(0)
        model._received(reports)
        if not deaf.why:
            model._received(
                [protocol.Over("t0", "eog", None, {}), protocol.Over("t1", "eog", None, {})]
            )
        model._end_all("It ended.", Cut.ERROR)
        ended = endings(await watch(running))
        assert sorted(ended) == ["t0", "t1", "t2"]  # each exactly once

    try:
        run(work())
    finally:
        logging.getLogger("stage.engine").disabled = False


def test_an_answer_that_makes_no_sense_ends_the_worker(expected_logs: Any) -> None:
    expected_logs.expect("makes no sense")
    expected_logs.expect("worker ended")

    async def work() -> None:
        async with opened() as [model]:
            for broken in ({}, {"counts": "xyz"}, {"counts": 7}):
                with pytest.raises(KnownError, match="makes no sense"):
                    model_module._sense(
                        model, lambda broken=broken: [int(each) for each in broken["counts"]]
                    )
            while model.state.phase != "crashed":
                await asyncio.sleep(0.02)
            assert "makes no sense" in model.state.sentence

    run(work())

"""Scoring against an independent computation, and how it shares the model with takes."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stage.engine import protocol
from stage.engine.backends import BACKENDS
from stage.engine.orders import LoadSettings
from stage.engine.pool import Pool
from stage.engine.scores import Score
from stage.engine.worker.loop import Loop
from stage.engine.worker.runner import DESK_ROWS
from stage.engine.worker.scoring import Scoring
from stage.kit.errors import BadInput, KnownError
from stage.kit.tasks import spawn
from tests.engine.helpers import GREEDY, Rig, endings, orders, run, text_prompt, watch
from tests.engine.tiny import write_tiny

TEXT = "Once upon a time, the llama met her. “Hello ☃,” said the teller <|endoftext|> </s>. " * 3
CONTEXT = "Lily and her mother went to the park.\n"


@pytest.fixture(params=["bos", "no-bos"])
def model_file(request: pytest.FixtureRequest, shared: Path, tmp_path: Path) -> Path:
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")
    if request.param == "no-bos":
        return write_tiny(tmp_path / "tiny.gguf")
    path = shared / "models" / "stories260K-f32.gguf"
    if not path.exists():
        pytest.skip(f"no model {path}")
    return path


def reference(model: Path, text: str) -> dict[str, list[Any]]:
    script = Path(__file__).parents[1] / "reference.py"
    done = subprocess.run(
        [sys.executable, str(script), str(model)],
        input=json.dumps({"text": text}),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found: dict[str, list[Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


def scored(model: Path, text: str, context: str = "", *more: str) -> list[Score]:
    """The score of a text, then of more texts as continuations of the context together."""

    async def work() -> list[Score]:
        pool = Pool(cores=1)
        try:
            opened = await pool.load(model, LoadSettings(cells=2048))
            found = [await opened.score(text, context)]
            return found + (await opened.score_continuations(context, more) if more else [])
        finally:
            await pool.close()

    return run(work())


@pytest.mark.parametrize("context", ["", CONTEXT])
def test_numbers_agree_with_an_independent_computation(model_file: Path, context: str) -> None:
    wanted = reference(model_file, context + TEXT)
    score = scored(model_file, TEXT, context)[0]
    first = len(wanted["ids"]) - len(score.tokens)
    assert [each.id for each in score.tokens] == wanted["ids"][first:]
    assert not score.inside
    for at, token in enumerate(score.tokens, first):
        if wanted["logprobs"][at] is None:
            assert (token.logprob, token.entropy, token.rank, token.top) == (None,) * 3 + ((),)
            continue
        assert token.logprob == pytest.approx(wanted["logprobs"][at], abs=1e-4)
        assert token.entropy == pytest.approx(wanted["entropies"][at], abs=1e-4)
        assert token.rank == wanted["ranks"][at]
        values = [value for _, value in token.top]
        assert len(values) == 10
        assert values == sorted(values, reverse=True)
        if token.rank <= 10:
            assert dict(token.top)[token.id] == pytest.approx(token.logprob, abs=1e-6)
    unscored = [token for token in score.tokens if token.logprob is None]
    assert len(unscored) == (first == 0)
    assert score.sum == pytest.approx(sum(t for t in wanted["logprobs"][first:] if t), abs=1e-2)
    assert score.bytes == len(TEXT.encode()) - sum(each.end - each.start for each in unscored)


def test_spans_cover_the_text_byte_by_byte(model_file: Path) -> None:
    for context in ("", CONTEXT):
        score = scored(model_file, TEXT, context)[0]
        assert score.exact
        assert score.tokens[0].start == 0
        assert score.tokens[-1].end == len(TEXT.encode())
        for one, other in zip(score.tokens, score.tokens[1:], strict=False):
            assert one.end == other.start
        for token in score.tokens:
            assert TEXT.encode()[token.start : token.end] in (token.piece, token.piece[1:])


def test_continuations_together_equal_one_by_one(model_file: Path) -> None:
    options = [" yes", " no", " the", " the teller", " a long way home, " * 12, " yes", "."]
    together = scored(model_file, options[0], CONTEXT, *options)[1:]
    for option, score in zip(options, together, strict=True):
        alone = scored(model_file, option, CONTEXT)[0]
        assert [each.id for each in score.tokens] == [each.id for each in alone.tokens]
        for one, other in zip(score.tokens, alone.tokens, strict=True):
            assert one.logprob == pytest.approx(other.logprob, abs=1e-3)
            assert one.entropy == pytest.approx(other.entropy, abs=1e-3)


class Desk:
    """A scoring over a model in this process, with the slice as wished."""

    def __init__(self, runner: Any, rows: int = DESK_ROWS, loop: Loop | None = None) -> None:
        self.reports: list[Any] = []
        self.loop = loop or Loop(runner, self.reports.extend)
        self.decoded: list[int] = []
        self.answers: list[int] = []
        self.threads = 1
        self.scoring = Scoring(runner, self, self.reports.extend, rows=rows)

    def decode(self, desk: Any, rows: list[Any]) -> int:
        self.decoded.append(len(rows))
        told = self.answers.pop(0) if self.answers else 0
        if told == 2:  # somebody's stop arrives: the decode itself breaks off
            desk.abort(True)
        return self.loop.decode(desk, rows) if told in (0, 2) else told

    def ask(self, question: str, shared: Sequence[int], *items: Any) -> None:
        told = [{"tokens": tokens, "first": first} for tokens, first in items]
        self.scoring.ask(protocol.Score(question, list(shared), told))

    def finish(self) -> None:
        for _ in range(2000):
            if self.loop.busy:
                self.loop.step()
            if self.scoring.busy:
                self.scoring.step()
            if not (self.loop.busy or self.scoring.busy):
                return
        raise AssertionError("the scoring does not come to an end")

    def numbers(self, question: str, item: int = 0) -> dict[int, float]:
        found: dict[int, float] = {}
        for each in self.reports:
            if isinstance(each, protocol.Scored) and (each.id, each.item) == (question, item):
                values = protocol.unpack(each.logprobs, "f")
                assert not found.keys() & set(range(each.at, each.at + len(values)))
                found.update(enumerate(values, each.at))
        return found

    def of(self, kind: type[Any]) -> list[Any]:
        return [each for each in self.reports if isinstance(each, kind)]


def echo(**settings: Any) -> Desk:
    return Desk(Rig(**settings).runner, 32)


def test_slices_change_nothing(model_file: Path) -> None:
    runner = BACKENDS["llama"].open(model_file, LoadSettings(cells=2048), 1, lambda _: True)
    try:
        tokens = runner.tokenise(TEXT, special=False)
        found = []
        for rows in (8, 32, DESK_ROWS):
            desk = Desk(runner, rows)
            desk.ask("q", tokens, ([], 1))
            desk.finish()
            assert max(desk.decoded) <= rows
            assert min(desk.decoded) >= 2
            found.append(desk.numbers("q"))
        assert found[0].keys() == set(range(1, len(tokens)))
        for other in found[1:]:
            assert np.allclose(list(found[0].values()), list(other.values()), atol=1e-5)
    finally:
        runner.close()


def test_a_shared_prefix_is_evaluated_once_and_slices_stay_small() -> None:
    desk = echo()
    shared = [65] * 700
    desk.ask("q", shared, *(([66, n, 67], 700) for n in range(40)))
    desk.finish()
    assert sum(desk.decoded) == 700 + 40 * 2  # nothing follows the last token
    assert max(desk.decoded) <= DESK_ROWS
    assert all(desk.numbers("q", n).keys() == {700, 701, 702} for n in range(40))
    assert [each.id for each in desk.of(protocol.Reply)] == ["q"]


def test_options_of_one_token_cost_the_prefix_alone() -> None:
    desk = echo()
    desk.ask("q", [65] * 20, ([66], 20), ([67], 20), ([68, 69], 20))
    desk.finish()
    assert sum(desk.decoded) == 20 + 1
    assert [sorted(desk.numbers("q", n)) for n in range(3)] == [[20], [20], [20, 21]]


def test_what_begins_another_way_is_read_off_it() -> None:
    desk = echo()
    ways = [[66, 67, n] for n in range(200)] + [[66, n] for n in range(30)] + [[66, 68, 1, 2]]
    desk.ask("q", [65] * 20, *((way, 20) for way in ways))
    desk.finish()
    assert sum(desk.decoded) == 20 + 2 + 3
    for number, way in enumerate(ways):
        alone = echo()
        alone.ask("q", [65] * 20, (way, 20))
        alone.finish()
        assert desk.numbers("q", number) == alone.numbers("q")


def test_a_prefix_that_is_still_there_is_not_evaluated_again() -> None:
    desk = echo()
    for question in ("a", "b"):
        desk.ask(question, [65] * 100, ([66, 67], 100), ([68], 100))
        desk.finish()
    assert sum(desk.decoded) == 101 + 9  # eight rows again, for a batch of one rounds otherwise
    assert desk.numbers("a") == desk.numbers("b")
    desk.ask("c", [70] * 100, ([66, 67], 100), ([68], 100))
    desk.finish()
    assert sum(desk.decoded) == 101 + 9 + 101


def test_takes_go_on_while_a_text_is_scored() -> None:
    alone, shared = Rig(), Rig()
    desk = Desk(shared.runner, loop=shared.loop)
    for rig in (alone, shared):
        rig.ask("r", 'go @@{"say": "0123456789"}', takes=3)
    desk.ask("q", [65] * 400, ([66], 1))
    desk.finish()
    alone.finish()
    assert all(shared.said(f"r.{n}") == alone.said(f"r.{n}") for n in range(3))
    assert shared.overs()["r.0"].reason == "eog"
    assert len(desk.numbers("q")) == 400


def test_a_text_that_does_not_fit_is_refused_in_one_sentence() -> None:
    desk = echo(cells=256)
    desk.ask("q", [65] * 300, ([66], 1))
    desk.ask("r", [65, 9999], ([66], 1))
    assert [each.sentence.count(".") for each in desk.of(protocol.Failed)] == [1, 1]
    assert "301 tokens" in desk.of(protocol.Failed)[0].sentence
    assert not desk.scoring.busy


def test_a_stop_leaves_the_context_fit_for_the_next_question() -> None:
    desk = echo()
    desk.ask("q", [65] * 40, *(([66] * 60, 1) for _ in range(3)))
    desk.ask("r", [65] * 40, ([66], 1))
    for _ in range(3):
        desk.scoring.step()
    desk.scoring.stop("q")
    desk.finish()
    assert [each.id for each in desk.of(protocol.Reply)] == ["r"]
    assert len(desk.numbers("r")) == 40


def test_a_decode_that_a_stop_broke_off_is_begun_again() -> None:
    whole, broken = echo(), echo()
    broken.answers = [2, 0, 2, 2]
    for desk in (whole, broken):
        desk.ask("q", [65] * 300, ([66, 67, 68], 1), ([69] * 20, 1))
        desk.finish()
        assert not desk.of(protocol.Failed)
    assert broken.numbers("q") == whole.numbers("q")
    assert len(broken.decoded) == len(whole.decoded) + 3


@pytest.mark.parametrize("answer", [-3, 1])
def test_a_decode_that_fails_is_told_and_the_next_question_is_answered(answer: int) -> None:
    desk = echo()
    desk.answers = [0, answer]
    for question in ("q", "r"):
        desk.ask(question, [65] * 90, ([66], 1))
    desk.finish()
    (failed,) = desk.of(protocol.Failed)
    assert failed.id == "q"
    assert failed.sentence.endswith((" text.", " context."))  # what to do about it
    assert len(desk.numbers("r")) == 90


def test_no_memory_for_a_context_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: int) -> None:
        raise KnownError("There is no room.")

    desk = echo()
    monkeypatch.setattr(desk.scoring._runner, "desk", refuse)
    desk.ask("q", [65] * 90, ([66], 1))
    desk.finish()
    assert [each.sentence for each in desk.of(protocol.Failed)] == ["There is no room."]


def test_what_is_asked_through_a_worker(model_file: Path) -> None:
    async def work() -> None:
        pool = Pool(cores=2)
        try:
            model = await pool.load(model_file, LoadSettings(cells=2048))
            seen: list[tuple[int, int]] = []
            prepared = await model.prepare(text_prompt(CONTEXT))
            performance = model.perform(prepared, orders(2, GREEDY))
            task = spawn(model.score(TEXT, progress=lambda *told: seen.append(told)), name="score")
            assert len(endings(await watch(performance))) == 2
            score = await task
            assert seen[-1][0] == seen[-1][1] >= len(score.tokens) - 1
            while model.state.phase != "ready":  # the performance's own task ends a little later
                await asyncio.sleep(0.01)
            with pytest.raises(BadInput, match="empty"):
                await model.score("")
            with pytest.raises(KnownError, match="at most"):
                await model.score("word " * 3000)
            task = spawn(model.score(TEXT, progress=lambda *_: task.cancel()), name="score")
            with pytest.raises(asyncio.CancelledError):
                await task
            assert (await model.score(TEXT)).sum == pytest.approx(score.sum, abs=1e-3)
        finally:
            await pool.close()

    run(work())


def test_an_item_begins_at_its_first_scored_token() -> None:
    desk = echo()
    desk.ask("q", [], ([65, 66, 67], 0), ([70], 0))
    desk.finish()
    assert sorted(desk.numbers("q", 0)) == [1, 2]
    assert desk.numbers("q", 1) == {}
    assert array("i", desk.decoded).tolist() == [2]

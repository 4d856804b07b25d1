from __future__ import annotations

from array import array
from dataclasses import replace
from pathlib import Path

import pytest

from stage.engine.backends.echo import EchoRunner
from stage.engine.orders import LoadSettings
from stage.engine.worker.storing import Storing
from stage.engine.worker.trunks import Held, Trunks

SCRATCH = 7


def cache(**facts: object) -> tuple[Storing, Trunks, EchoRunner]:
    runner = EchoRunner(Path("none"), LoadSettings(cells=100))
    runner.facts = replace(runner.facts, **facts)
    trunks = Trunks(SCRATCH, 100, runner.facts.branch_anywhere)
    return Storing(runner, trunks, scratch=SCRATCH), trunks, runner


def held(
    trunks: Trunks, runner: EchoRunner, text: str, source: Held | None = None, length: int = 0
) -> Held:
    made = trunks.open(source, length)
    if source is not None:
        runner.share(source.id, made.id, length)
    tokens = list(text.encode())
    rows = [(token, at, made.id, False) for at, token in enumerate(tokens[length:], length)]
    assert runner.decode(rows) == 0
    trunks.grow(made, array("i", tokens[length:]))
    return made


def gone(trunks: Trunks, runner: EchoRunner, each: Held) -> None:
    runner.forget(each.id)
    trunks.drop(each)


def test_a_trunk_goes_and_comes_once_for_all_its_tails() -> None:
    storing, trunks, runner = cache()
    trunk = held(trunks, runner, "the trunk ")
    tails = [held(trunks, runner, f"the trunk {tail}", trunk, 10) for tail in ("one", "two")]
    for each in (*tails, trunk):
        storing.keep(each)
        gone(trunks, runner, each)
    assert trunks.used == 0
    assert SCRATCH not in runner._held
    starts = sorted(branch.start for branch in storing.cold._branches.values())
    assert starts == [0, 10, 10]
    first = trunks.open(None, 0)
    assert storing.bring(first, array("i", list(b"the trunk two!"))) == 13
    assert runner._held[first.id] == list(b"the trunk two")
    second = trunks.open(first, 10)
    runner.share(first.id, second.id, 10)
    assert storing.bring(second, array("i", list(b"the trunk one"))) == 3
    assert trunks.used == 16


def test_a_state_that_is_one_piece_goes_and_comes_whole() -> None:
    storing, trunks, runner = cache(branch_anywhere=False)
    one = held(trunks, runner, "one")
    storing.keep(one)
    gone(trunks, runner, one)
    target = trunks.open(None, 0)
    assert storing.bring(target, array("i", list(b"on"))) == 0
    assert storing.bring(target, array("i", list(b"one and more"))) == 3
    assert runner._held[target.id] == list(b"one")


@pytest.mark.parametrize("why", ["refused", "spoilt", "crowded"])
def test_what_cannot_come_back_is_left_to_be_evaluated(
    why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    storing, trunks, runner = cache()
    one = held(trunks, runner, "only this")
    storing.keep(one)
    gone(trunks, runner, one)
    if why == "refused":
        monkeypatch.setattr(runner, "restore", lambda sequence, data: False)
    elif why == "spoilt":
        next(iter(storing.cold._branches.values())).data[0] ^= 1
    else:
        trunks.used = 95
    target = trunks.open(None, 0)
    assert storing.bring(target, array("i", list(b"only this"))) == 0
    assert len(target.tokens) == 0


def test_without_a_budget_nothing_is_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    storing, trunks, runner = cache(spare=0)
    monkeypatch.setattr(runner, "save", lambda sequence: pytest.fail("nobody wants it"))
    storing.keep(held(trunks, runner, "text"))
    assert len(storing.cold) == 0

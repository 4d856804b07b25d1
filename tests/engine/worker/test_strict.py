from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from stage.engine import protocol
from stage.engine.backends import BACKENDS
from stage.engine.orders import LoadSettings
from stage.engine.worker.loop import Loop
from stage.engine.worker.strict import Strict
from tests.engine.helpers import Rig
from tests.engine.tiny import write_tiny


class Stand:
    """Strict takes over a model in this process."""

    def __init__(self, runner: Any) -> None:
        self.runner = runner
        self.reports: list[Any] = []
        self.loop = Loop(runner, self.reports.extend)
        self.strict = Strict(runner, self.loop, self.reports.extend)

    def ask(self, request: str, tokens: list[int], takes: int = 1, **how: Any) -> None:
        told = [
            {
                "id": f"{request}.{place}",
                "seed": 5,
                "sampler": how.get("sampler") or {"chain": [{"name": "dist"}], "max_tokens": 12},
                "cut": {"own": [], "others": [], "blocks": False},
            }
            for place in range(takes)
        ]
        cells, threads = how.get("cells", 0), how.get("threads", 0)
        self.strict.perform(protocol.Perform(request, tokens, told, True, cells, threads))

    def finish(self, most: int = 500) -> None:
        for _ in range(most):
            if not self.strict.busy:
                return
            self.strict.step()
        raise AssertionError("the takes do not come to an end")

    def of(self, kind: type[Any]) -> list[Any]:
        return [each for each in self.reports if isinstance(each, kind)]

    def said(self, take: str) -> list[tuple[int, float]]:
        found: list[tuple[int, float]] = []
        for each in (one for one in self.of(protocol.Said) if one.take == take):
            ids, logprobs = protocol.unpack(each.ids, "i"), protocol.unpack(each.logprobs, "f")
            found += zip(ids, logprobs, strict=True)
        return found


def scripted(prompt: str, rig: Rig) -> list[int]:
    return [257, *rig.runner.tokenise(prompt, special=False)]


def test_takes_are_made_one_after_the_other_and_share_nothing() -> None:
    rig = Rig()
    stand = Stand(rig.runner)
    prompt = scripted("p" * 600 + '@@{"say": "Hello."}', rig)
    stand.ask("r", prompt, 2, threads=3)
    stand.finish()
    order = [f"{type(each).__name__} {getattr(each, 'take', '')}" for each in stand.reports]
    assert order.index("Over r.0") < order.index("Began r.1")
    for over in stand.of(protocol.Over):
        assert over.reason == "eog"
        assert over.timings["prompt_tokens_kept"] == 0
        assert over.timings["prompt_tokens_evaluated"] == len(prompt)
    assert [each.done for each in stand.of(protocol.Reading)] == [512, len(prompt)] * 2
    began = stand.of(protocol.Began)[0].batch
    assert (began["threads"], began["n_batch"], began["n_seq_max"]) == (3, 512, 1)
    assert began["n_ctx"] % 256 == 0
    assert stand.said("r.0") == stand.said("r.1")


def test_a_stop_ends_one_take_or_all_and_keeps_the_text() -> None:
    rig = Rig()
    stand = Stand(rig.runner)
    stand.ask("r", scripted('@@{"endless": true}', rig), 3)
    for _ in range(5):
        stand.strict.step()
    stand.strict.stop("r", "r.1")
    assert [each.take for each in stand.of(protocol.Over)] == ["r.1"]
    stand.strict.stop("r", "")
    assert [each.reason for each in stand.of(protocol.Over)] == ["user"] * 3
    assert len(stand.said("r.0")) == 5
    assert not stand.strict.busy


def test_a_prompt_that_was_broken_off_for_somebody_else_goes_on() -> None:
    rig = Rig()
    stand = Stand(rig.runner)
    stand.ask("r", scripted('@@{"say": "Hello."}', rig))
    desk = stand.strict._begin(stand.strict._queue[0])
    desk.abort(True)
    stand.finish()
    assert [each.reason for each in stand.of(protocol.Over)] == ["eog"]


@pytest.mark.parametrize(("fault", "reason"), [("fail", "error"), ("full", "context")])
def test_a_decode_that_fails_ends_that_take_only(fault: str, reason: str) -> None:
    rig = Rig()
    stand = Stand(rig.runner)
    stand.ask("r", scripted(f'@@{{"say": "Hello.", "fault": "{fault}", "at": 3}}', rig))
    stand.ask("s", scripted('@@{"say": "Hello."}', rig))
    stand.finish()
    assert [each.reason for each in stand.of(protocol.Over)] == [reason, "eog"]
    assert len(stand.said("r.0")) == 3


def test_what_cannot_be_made_is_told_at_once() -> None:
    stand = Stand(Rig(cells=100).runner)
    stand.ask("r", [65] * 200)
    stand.ask("s", [])
    stand.ask("t", [65], sampler={"chain": [{"name": "nobody"}]})
    assert [each.reason for each in stand.of(protocol.Over)] == ["context", "error", "error"]
    assert not stand.strict.busy


def test_a_take_repeats_to_the_last_bit_whatever_happened_before(tmp_path: Path) -> None:
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")
    path = write_tiny(tmp_path / "tiny.gguf")
    said = []
    for before in (0, 3):
        runner = BACKENDS["llama"].open(path, LoadSettings(cells=512), 1, lambda _: True)
        stand = Stand(runner)
        prompt = runner.tokenise("the teller tells of the other " * 3, special=False)
        for number in range(before):  # warm caches, other threads
            stand.ask(f"b{number}", prompt[: 10 + number], threads=1 + number % 2)
        stand.ask("r", prompt, cells=256, threads=1)
        stand.finish()
        said.append(stand.said("r.0"))
        stand.strict.close()
        stand.loop.close()
        runner.close()
    assert len(said[0]) == 12
    assert said[0] == said[1]

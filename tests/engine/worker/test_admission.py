from __future__ import annotations

from array import array
from pathlib import Path

from stage.engine.backends.echo import EchoRunner
from stage.engine.orders import LoadSettings
from stage.engine.worker.admission import RECENT, Admission, chunks_of, rows_of
from stage.engine.worker.takes import FirstRow, Request, Take, Trunk
from stage.engine.worker.trunks import Held


def take(name: str, tokens: int) -> Take:
    return Take(
        {
            "id": name,
            "seed": 1,
            "sampler": {"chain": [], "max_tokens": tokens},
            "cut": {"own": [], "others": [], "blocks": False},
        }
    )


def admission(cells: int) -> tuple[Admission, EchoRunner]:
    runner = EchoRunner(Path("none"), LoadSettings(cells=cells, context=cells))
    return Admission(runner), runner


def request(admitted: Admission, name: str, prompt: int, takes: int, tokens: int) -> Request:
    made = [take(f"{name}.{n}", tokens) for n in range(takes)]
    asked = Request(name, array("i", [ord(name)] * prompt), made, takes)
    admitted.requests.append(asked)
    return asked


def evaluate(admitted: Admission, runner: EchoRunner) -> None:
    for trunk, tokens in chunks_of(admitted.requests, 512):
        runner.decode(rows_of(trunk, tokens))
        admitted.grew(trunk, tokens)
        if not trunk.todo:
            admitted.read(trunk, FirstRow(None, None, (b"", b"")))  # type: ignore[arg-type]


def test_a_chunk_wants_logits_after_the_last_token_only() -> None:
    trunk = Trunk(array("i", [7, 8, 9]), Held(4), done=1)
    assert rows_of(trunk, array("i", [8, 9])) == [(8, 1, 4, False), (9, 2, 4, True)]


def test_takes_begin_when_their_prompt_is_read_and_reserve_their_room() -> None:
    admitted, runner = admission(100)
    request(admitted, "a", prompt=10, takes=4, tokens=30)
    assert admitted.admit() == []
    evaluate(admitted, runner)
    begun = admitted.admit()
    assert [each.id for each, _ in begun] == ["a.0", "a.1", "a.2"]  # 10 + 3 * 30 = 100
    admitted.leave(begun[0][0], sound=True)
    assert [each.id for each, _ in admitted.admit()] == ["a.3"]


def test_prompts_share_the_chunk_in_order_of_asking() -> None:
    admitted, _ = admission(4000)
    request(admitted, "a", 300, 1, 5)
    request(admitted, "b", 300, 1, 5)
    admitted.admit()
    assert [len(tokens) for _, tokens in chunks_of(admitted.requests, 400)] == [300, 100]


def test_kept_prompts_give_way_to_new_ones() -> None:
    admitted, runner = admission(100)
    first = request(admitted, "a", 40, 1, 10)
    admitted.admit()
    evaluate(admitted, runner)
    (begun, _), *_ = admitted.admit()
    admitted.leave(begun, sound=True)
    assert not admitted.requests
    assert first.trunk is not None
    request(admitted, "b", 80, 1, 10)
    admitted.admit()
    assert admitted.requests[0].trunk is not None
    assert first.trunk.held not in list(admitted.trunks)


def test_cells_that_cannot_be_trusted_are_not_kept() -> None:
    admitted, runner = admission(100)
    request(admitted, "a", 10, 1, 10)
    admitted.admit()
    evaluate(admitted, runner)
    (begun, _), *_ = admitted.admit()
    held = begun.held
    assert held is not None
    admitted.trunks.grow(held, array("i", [1, 2]))
    admitted.leave(begun, sound=False)
    assert held not in list(admitted.trunks)


def test_what_left_the_cache_is_told_to_the_next_request_and_comes_back() -> None:
    admitted, runner = admission(100)
    first = request(admitted, "a", 40, 1, 10)
    admitted.admit()
    evaluate(admitted, runner)
    (begun, _), *_ = admitted.admit()
    admitted.leave(begun, sound=True)
    second = request(admitted, "b", 80, 1, 10)
    admitted.admit()
    assert (first.evicted, second.evicted) == (0, 40)
    evaluate(admitted, runner)
    (begun, _), *_ = admitted.admit()
    admitted.leave(begun, sound=True)
    third = request(admitted, "a", 40, 1, 10)
    admitted.admit()
    assert (third.restored, third.kept, third.evicted) == (40, 40, 80)
    assert runner._held[third.trunk.held.id] == [ord("a")] * 40 if third.trunk else False


def test_cells_of_a_broken_decode_never_reach_the_memory() -> None:
    admitted, runner = admission(100)
    request(admitted, "a", 40, 1, 10)
    admitted.admit()
    evaluate(admitted, runner)
    (begun, _), *_ = admitted.admit()
    assert begun.held is not None
    admitted.trunks.grow(begun.held, array("i", [1] * 5))
    admitted.leave(begun, sound=False)
    while admitted.evict():
        pass
    assert admitted.storing.cold.reach(array("i", [ord("a")] * 40 + [1] * 5), 0) == 40


def test_finished_takes_wait_in_memory_so_that_no_decode_is_slowed_by_them() -> None:
    admitted, runner = admission(4000)
    asked = request(admitted, "a", prompt=40, takes=8, tokens=100)
    admitted.admit()
    evaluate(admitted, runner)
    for begun, _ in admitted.admit():
        assert begun.held is not None
        said = array("i", [ord("b") + int(begun.id[-1])] * 90)
        rows = [(each, 40 + at, begun.held.id, False) for at, each in enumerate(said)]
        assert runner.decode(rows) == 0
        admitted.trunks.grow(begun.held, said)
        admitted.leave(begun, sound=True)
    assert admitted.trunks.used == 40 + 8 * 90
    admitted.tidy()
    assert 40 < admitted.trunks.used <= 40 + RECENT
    first = Request("c", array("i", [*asked.tokens, *[ord("b")] * 90, 7]), [take("c", 5)], 1)
    admitted.requests.append(first)
    admitted.admit()
    assert (first.kept, first.restored) == (130, 90)  # back without any decode

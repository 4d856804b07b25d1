"""Pinned lines."""

from __future__ import annotations

from tests.director.operations.acting import Act


def test_a_pin_is_put_on_and_taken_off(act) -> None:
    async def work(act: Act) -> None:
        one = await act.add(act.made.root, "one")
        await act.do("pin", one)
        assert (await act.line(one)).pinned
        await act.do("pin", one, off=True)
        assert not (await act.line(one)).pinned

    act(work)

"""Takes told together by model, persona and the line they follow."""

from __future__ import annotations

from typing import Any

import pytest

from stage.app.house import House
from stage.director.turns.performing import Turn
from stage.director.weighing.tallying import (
    Group,
    named,
    persona,
    takes_of,
    tally,
    under_line,
    weighed,
)
from stage.director.weighing.worth import lacking, weigh
from stage.kit.errors import BadInput
from stage.measures.measure import Said
from stage.play.provenance import Recorded
from stage.play.sampling import PRESETS
from stage.play.scene import Scene
from tests.ui.helpers import line


def test_takes_are_measured_by_model_and_by_what_else_is_asked(scene: Scene, in_house: Any) -> None:
    async def work(house: House) -> None:
        play = await house.director.new_play(scene, seed=3)
        turn = Turn(play.leaf, "ada", ("base", "chat"), 5)
        ended = await house.director.perform(play, turn).done()
        first = next(line for line in ended.lines if line.model == "chat")
        after = await house.director.perform(play, Turn(first.id, "ben", ("chat",))).done()

        groups = await tally(house.director, play, takes_of(play.tree, first.id))
        assert [(named(play, each), len(each.takes)) for each in groups] == [
            ("stage-base", 5), ("stage-chat", 5),
        ]  # fmt: skip
        assert groups[0].drawn() == "nothing cut"
        ((how, many),) = groups[1].samplers
        assert (how, many) == ((await house.director.line(groups[1].takes[0].line.id)).sampler, 5)
        assert len({said.record.seed for said in groups[0].takes if said.record}) == 5
        (nats,) = groups[1].readings["nats_by_line", ""]
        own = [
            -token.logprob
            for said in groups[1].takes
            for token in said.shown()
            if token.logprob is not None
        ]
        assert nats.number.value == pytest.approx(sum(own) / len(own))
        assert nats.number.n == 5
        assert nats.number.low is not None
        each = groups[1].each["nats_by_line", ""]
        counts = groups[1].each["length", ""]
        whole = sum((a or 0) * (b or 0) for a, b in zip(each, counts, strict=True))
        assert whole / sum(filter(None, counts)) == pytest.approx(nats.number.value)
        assert ("stops", "") not in groups[1].each
        stops = groups[1].readings["stops", ""]
        assert sum(each.number.value for each in stops) == pytest.approx(1.0)
        wanted = lacking(groups[0].takes, ["chat"], {})
        known = {each.asked.key: each async for each in weigh(house.director, play, wanted)}
        told = await weighed(groups[0], ["base", "chat"], known, ())
        assert told.readings["under_same", "base"] == told.readings["nats_by_line", ""]
        assert told.readings["under_same", "chat"][0].number.n == 5

        several = await tally(
            house.director, play, under_line(play.tree, play.start), ("persona", "model", "prefix")
        )
        assert sum(len(each.takes) for each in several) == 11
        last = several[-1]
        assert [said.line.id for said in last.takes] == [after.lines[0].id]
        assert persona(play, last) == "Ben"
        assert named(play, last) == f"Ben, stage-chat, after {first.id}"
        with pytest.raises(BadInput, match="No model has said"):
            await tally(house.director, play, [play.tree[play.start]])

    in_house(work)


def test_a_take_that_a_replay_took_over_counts_once(scene: Scene, in_house: Any) -> None:
    async def work(house: House) -> None:
        director = house.director
        play = await director.new_play(scene, seed=3)
        ended = await director.perform(play, Turn(play.leaf, "ada", ("base",), 2)).done()
        first, other = ended.lines
        copy = await house.library.say_again(play.id, other.id, first.id, {})
        tree = await house.library.tree(play.id)
        play.tree.add(tree[copy.id])
        (group,) = await tally(director, play, under_line(tree, play.start))
        assert [each.line.id for each in group.takes] == [first.id, other.id]
        (alone,) = await tally(director, play, [tree[copy.id]])  # nobody else stands for it
        assert [each.line.id for each in alone.takes] == [copy.id]

    in_house(work)


def test_takes_that_were_drawn_otherwise_are_told_apart() -> None:
    base, greedy = (PRESETS[each].to_json() for each in ("base", "greedy"))
    given = {"a": base, "b": greedy, "c": dict(base), "d": None}
    takes = [
        Said(line(name, None), Recorded(name, 1.0, sampler=how)) for name, how in given.items()
    ]
    group = Group((), (*takes, Said(line("e", None))))
    assert group.samplers == [(base, 2), (greedy, 1), (None, 2)]
    assert group.drawn() == (
        "temp 1, nothing cut (2); greedy, always the likeliest (1); unknown (2)"
    )

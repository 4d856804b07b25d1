"""Ghost lines on a real model: finished once, kept whole, in no prompt until then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stage.director.prompts import view
from stage.director.turns.haunting import LONGEST, finish
from stage.director.turns.performing import Turn
from stage.engine.model import Model
from stage.kit.errors import BadInput
from stage.play.cast import Actor, ActorKind, Cast
from stage.play.cutting import CutRule, line_text
from stage.play.ghosts import CUTS
from stage.play.line import Cut, Kind
from stage.play.prompting.frame import heard
from stage.play.sampling import Sampler


async def cut_line(house, play):
    """A line of Ada's that a model cut for somebody else's."""
    at = play.leaf
    for seed in range(40):
        turn = Turn(at, "ada", ("base",), 8, seed=seed)
        for line in (await house.director.perform(play, turn).done()).lines:
            if line.reason in CUTS and line.text:
                return line
    raise AssertionError("no line was cut in 320 takes")


def test_a_ghost_is_finished_once_kept_as_it_was_shown_and_forked(in_house, scene):
    async def work(house):
        director = house.director
        play = await director.new_play(scene, seed=3)
        line = await cut_line(house, play)
        count = len(play.tree)
        ghost = (await finish(director._wings, play, line.id)).ghost
        assert len(play.tree) == count
        tokens = await director.library.tokens(line.id)
        begun = [each.id for each in tokens[ghost.over.kept :]]
        assert [each.id for each in ghost.tokens][: len(begun)] == begun
        assert len(ghost.tokens) <= len(begun) + LONGEST
        seen = await view(house.pool, play, line.id, "ben")
        if len(ghost.text) > 3:
            assert ghost.text not in seen.received.prepared.text
        shown = await director.do(play.id, "ghost", {"line": line.id, "choice": "show"})
        assert shown.words == f"{ghost.over.name}: {ghost.text}"
        assert len(play.tree) == count

        done = await director.do(play.id, "ghost", {"line": line.id, "choice": "keep"})
        kept = play.tree[done.made[0]]
        detail = await director.line(kept.id)
        assert kept.text == ghost.text == line_text(
            detail.raw_text, detail.cut_at, CutRule.from_json(detail.cut)
        )  # fmt: skip
        assert (kept.model, kept.speaker in ("ada", "ben")) == ("base", kept.speaker == "ben")
        assert detail.raw_text.startswith(ghost.over.raw)
        assert (detail.decision["rule"], detail.decision["voice"]) == ("ghost", line.id)
        assert detail.prompt["text"].endswith(
            b"".join(each.piece for each in tokens[: ghost.over.kept]).decode()
        )
        assert play.path(play.leaf)[-1].id == kept.id
        assert (await director.line(line.id)).raw_text  # nothing of the first line was thrown away
        assert await house.library.check() == []
        await director.undo(play.id)
        assert play.tree[kept.id].hidden
        await forked(director, play, line)

    in_house(work)


async def forked(director, play, line):
    """Both stand under the line, as one step."""
    if (await finish(director._wings, play, line.id)).ghost.over.member is None:
        done = await director.do(play.id, "ghost", {"line": line.id, "choice": "fork"})
        entered = play.tree[play.tree[done.made[0]].parent]
        assert entered.kind is Kind.ENTER
        assert entered.parent == line.id
    else:
        done = await director.do(play.id, "ghost", {"line": line.id, "choice": "fork"})
    one, two = (play.tree[each] for each in done.made)
    assert one.parent == two.parent
    assert one.speaker == two.speaker
    given = await director.line(two.id)
    assert given.decision["rule"] == "ghost"
    assert "voice" not in given.decision
    member = play.cast(two.id)[two.speaker]
    assert two.model == member.actor.model
    await director.undo(play.id)
    assert play.tree[one.id].hidden
    assert play.tree[two.id].hidden


def test_left_it_is_offered_no_more_and_regenerating_asks_no_rule(in_house, scene, monkeypatch):
    async def work(house):
        director = house.director
        play = await director.new_play(scene, seed=3)
        line = await cut_line(house, play)
        await director.do(play.id, "ghost", {"line": line.id, "choice": "leave"})
        assert play.tree[line.id].labels["ghost"] == "left"
        assert heard(play.path(line.id), play.cast(line.id)["ben"])[-1].text == line.text
        await director.undo(play.id)
        assert "ghost" not in play.tree[line.id].labels
        typed = play.path(play.leaf)[0]
        with pytest.raises(BadInput, match="no ghost"):
            await director.do(play.id, "ghost", {"line": typed.id, "choice": "keep"})

        def never(*_, **__):
            raise AssertionError("a rule was asked again")

        monkeypatch.setattr(type(play), "decide", never)
        monkeypatch.setattr(Model, "weigh", never)
        for seed in range(5):
            given = {
                "line": line.parent,
                "member": "Ada",
                "count": 1,
                "model": "base",
                "seed": seed,
            }
            await director.do(play.id, "takes", given)

    in_house(work)


def test_the_first_row_of_a_chat_answer_may_be_another_s(in_house, scene, monkeypatch):
    """What the model says is put into its mouth by a grammar: real tokens, a real cut."""

    async def work(house):
        director = house.director
        sampler = {
            "chain": [
                {"name": "grammar", "text": 'root ::= "Ben: I was here first."', "root": "root"},
                {"name": "greedy"},
            ],
            "max_tokens": 40,
        }
        ada, *others = scene.cast
        actor = Actor(ActorKind.MODEL, "chat", Sampler.from_json(sampler), "self")
        made = replace(scene, cast=Cast([replace(ada, actor=actor), *others]))
        play = await director.new_play(made, seed=1)
        ended = await director.perform(play, Turn(play.leaf, "ada", ("chat",))).done()
        line = ended.lines[0]
        assert (line.text, line.reason) == ("", Cut.LABEL)
        detail = await director.line(line.id)
        assert detail.raw_text.startswith("Ben:")
        done = await director.do(play.id, "ghost", {"line": line.id, "choice": "keep"})
        kept = play.tree[done.made[0]]
        assert kept.speaker == "ben"
        assert "Ben:" not in kept.text

    in_house(work)

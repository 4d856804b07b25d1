"""What models think of each token of a line, and branches from another token."""

from __future__ import annotations

import math

import pytest

from stage.director.turns.performing import Turn
from stage.director.weighing.looking import branch, further, look, merged, part, stored
from stage.director.weighing.repeating import repeat
from stage.engine.scores import ScoredToken
from stage.kit.errors import BadInput
from stage.play.line import Cut, Kind
from tests.director.weighing.making import surprisal


async def said(house, scene):
    """A play with a line that the base model said; its record."""
    director = house.director
    play = await director.new_play(scene, seed=3)
    ended = await director.perform(play, Turn(play.leaf, "ada", ("base",), 1)).done()
    return play, await director.line(ended.lines[0].id)


def test_a_said_line_is_seen_by_both_models_token_for_token(in_house, scene):
    async def work(house):
        play, detail = await said(house, scene)
        was = stored(detail)
        assert was.how == "stored"
        assert b"".join(was.parts()).decode().startswith(detail.raw_text)
        heard = []
        line = detail.line.id
        own = await look(house.pool, play, line, "base", detail, lambda *at: heard.append(at))
        other = await look(house.pool, play, line, "chat", detail)
        assert own.how == other.how == "same prefix"
        assert heard
        assert [each.id for each in other.tokens] == [each.id for each in was.tokens]
        for one, again in zip(was.tokens, own.tokens, strict=True):
            assert one.logprob == pytest.approx(again.logprob, abs=0.05)
        pairs = zip(own.tokens, other.tokens, strict=True)
        assert any(abs(one.logprob - two.logprob) > 0.1 for one, two in pairs)
        both = merged(was, own)
        assert both.how == "stored"
        assert both.tokens[0].logprob == was.tokens[0].logprob
        assert both.tokens[0].entropy == own.tokens[0].entropy is not None
        assert merged(None, other) is other

    in_house(work)


@pytest.mark.parametrize("model", ["base", "chat"])
def test_a_branch_begins_as_the_line_did_and_goes_on_from_another_token(in_house, scene, model):
    async def work(house):
        play, detail = await said(house, scene)
        line, director = detail.line, house.director
        seen = stored(detail)
        if model == "chat":
            seen = await look(house.pool, play, line.id, "chat", detail)
        ids = [each.id for each in seen.tokens]
        tops = [id_ for id_, _ in seen.tokens[3].top if id_ != ids[3] and id_ > 3]
        choice = next(id_ for id_ in tops if seen.pieces[id_].strip())
        turn = await branch(house.pool, play, seen, 3, choice)
        ended = await director.perform(play, turn).done()
        assert not ended.errors
        made = await director.line(ended.lines[0].id)
        assert (made.line.parent, made.line.model) == (line.parent, model)
        assert [each["id"] for each in made.tokens[:4]] == [*ids[:3], choice]
        assert made.prompt == detail.prompt
        assert made.batch["begun"] == {"of": line.id, "tokens": 4}
        again = stored(made)
        assert b"".join(again.parts()).decode().startswith(made.raw_text)
        assert again.tokens[3].logprob == pytest.approx(dict(seen.tokens[3].top)[choice], 1e-2)
        assert (await repeat(house.library, house.pool, made.line.id, strict=False)).equal
        assert len(play.tree.siblings(line.id)) == 2
        with pytest.raises(BadInput, match="ends the line"):
            await branch(house.pool, play, seen, 3, 3)

    in_house(work)


def test_where_the_play_has_the_model_no_more_it_is_said_how_to_go_on(in_house, scene):
    async def work(house):
        play, detail = await said(house, scene)
        seen = stored(detail)
        del play.models[seen.model]
        for turn in (
            branch(house.pool, play, seen, 1, seen.tokens[1].id),
            further(house.pool, play, detail),
        ):
            with pytest.raises(BadInput, match="bind a file"):
                await turn

    in_house(work)


def test_a_line_that_ended_goes_on_from_its_last_token_and_each_is_kept(in_house, scene):
    async def work(house):
        director = house.director
        play = await director.new_play(scene, seed=3)
        for seed in range(40):  # one that its model ended itself, or another's label did
            turn = Turn(play.leaf, "ben", ("chat",), 1, seed=seed)
            line = (await director.perform(play, turn).done()).lines[0]
            if line.reason in (Cut.EOG, Cut.LABEL, Cut.NEW_NAME) and line.generated > 4:
                break
        detail = await director.line(line.id)
        takes = []
        for _ in range(3):
            turn = await further(house.pool, play, detail)
            assert turn.begun.raw.startswith(line.text), "all of the line"
            ended = detail.tokens[len(turn.begun.tokens) - 1]
            assert turn.begun.tokens[-1].id != ended["id"], "and not what ended it"
            known = {each["id"] for each in ended["top"]}
            assert turn.begun.tokens[-1].id in known, "but what might have stood there"
            assert not {each.id for each in turn.begun.tokens} & {3}, "not the token that ended it"
            takes += (await director.perform(play, turn).done()).lines
        assert len({each.id for each in takes}) == 3
        assert {each.parent for each in takes} == {line.parent}
        assert all(each.text.startswith(line.text) for each in takes)
        assert all(len(each.text) > len(line.text) for each in takes)
        assert play.tree[line.id].text == line.text, "it stays as it was"
        typed = await director.say(play.id, line.id, "guest", "Typed.")
        with pytest.raises(BadInput, match="tokens of this line are not known"):
            await further(house.pool, play, await director.line(typed.id))

    in_house(work)


def test_a_typed_line_is_seen_after_its_speakers_own_prompt(in_house, scene):
    async def work(house):
        director = house.director
        play = await director.new_play(scene, seed=3)
        line = await director.say(play.id, play.leaf, "guest", "We are three.\nOr four é.")
        model = await house.pool.load(play.models["base"])
        seen = await look(house.pool, play, line.id, "base")
        assert (seen.how, seen.cut_at) == ("own frame", None)
        assert seen.raw == " We are three.\n  Or four é."
        total = math.fsum(-each.logprob for each in seen.tokens)
        assert total == pytest.approx((await surprisal(play, line.id, model, name="base")).nats)
        choice = seen.tokens[2].top[1][0]
        ended = await director.perform(play, await branch(house.pool, play, seen, 2, choice)).done()
        made = await director.line(ended.lines[0].id)
        assert made.line.speaker == "guest"
        assert made.raw_text.startswith(b"".join(seen.parts()[:2]).decode())
        gone = await director.say(play.id, line.id, "ben", "", Kind.EXIT)
        with pytest.raises(BadInput, match="such words"):
            await look(house.pool, play, gone.id, "base")
        with pytest.raises(BadInput, match="no model called"):
            await look(house.pool, play, line.id, "third")

    in_house(work)


def test_a_part_leaves_out_what_belongs_to_the_prompt() -> None:
    assert part(ScoredToken(1, b": Hello", 0, 5)) == b"Hello"
    assert part(ScoredToken(1, b":", 0, 0)) == b""

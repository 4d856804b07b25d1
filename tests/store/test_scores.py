"""Scores: kept as they were made, found by line, sealed, exported and purged with their lines."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from stage.kit.errors import BadInput
from stage.kit.ids import new_id
from stage.play.scored import ScoreRecord
from stage.play.token import Token, Tokens
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.making import MODEL, PROMPT, VOCABULARY, Stock, stock


def answer(play: str, line: str, prompt: str, **more: Any) -> ScoreRecord:
    """What a model made of a line of two words; the first token has no score."""
    tokens = Tokens.of([Token(1, b"", None, ()), Token(2, b"", -1.25, ((2, -1.25), (0, -2.5)))])
    given: dict[str, Any] = {"how": "own frame", "context": "b2:here", "room": None} | more
    return ScoreRecord(
        id=new_id(), play=play, line=line, model=MODEL.identity, prompt=prompt, length=3,
        engine={"backend": "test", "n_ctx": 512}, made=5.5, lead=1, before=-0.5, tokens=tokens,
        entropies=[None, 2.5], ranks=[None, 70_000], **given,
    )  # fmt: skip


async def scored(library: Library, **more: Any) -> tuple[Stock, str, ScoreRecord]:
    made = await stock(library)
    line = await made.say(made.root, "light turns")
    await library.remember_model(MODEL, VOCABULARY)
    prompt = await library.remember_prompt(replace(PROMPT, text="asked"))
    record = answer(made.play, line.id, prompt, **more)
    await library.keep_scores([record])
    return made, line.id, record


def test_a_score_comes_back_as_it_was_with_what_reads_it(opened: Open) -> None:
    async def work(library: Library) -> None:
        made, line, record = await scored(library)
        newer = replace(record, id=new_id(), how="same prefix", room=512)
        await library.keep_scores([newer])
        found = await library.scores([line])
        assert [each.record for each in found] == [newer, record]  # the newest first
        assert found[0].vocabulary == VOCABULARY.hash
        assert [found[0].piece(each.id) for each in record.tokens] == [b" light", b" turns"]
        assert found[0].record.tokens.values() == [None, -1.25]
        assert (await library.prompt(record.prompt))["text"] == "asked"
        assert await library.scores([made.root]) == []
        assert await library.scored(made.play) == {line: 2}
        assert await library.check() == []

    opened(work)


def test_scores_name_only_what_is_there(opened: Open) -> None:
    async def work(library: Library) -> None:
        _made, line, record = await scored(library)
        with pytest.raises(BadInput, match="no line"):
            await library.keep_scores([replace(record, id=new_id()), replace(record, line="gone")])
        assert len(await library.scores([line])) == 1  # all or nothing

    opened(work)


@pytest.mark.parametrize(
    "change", ["made = 6", "context = 'b2:there'", "logprobs = zeroblob(9)", "ranks = x'0101'"]
)
def test_an_altered_score_is_found(path: Path, opened: Open, change: str) -> None:
    record = opened(scored)[2]
    connection = sqlite3.connect(path)
    connection.execute(f"UPDATE score SET {change}")
    connection.commit()
    connection.close()
    (problem,) = opened(lambda library: library.check())
    assert record.id in problem


def test_scores_go_with_a_play_and_come_with_it(tmp_path: Path, opened: Open) -> None:
    async def out(library: Library) -> tuple[list[dict[str, Any]], str, ScoreRecord]:
        made, line, record = await scored(library)
        return [row async for row in library.dump(made.play)], line, record

    rows, line, record = opened(out)

    async def into(library: Library) -> None:
        play = await library.restore(rows)
        (found,) = await library.scores([line])
        assert found.record == record
        assert await library.check() == []
        assert [row async for row in library.dump(play)] == rows
        await library.keep_scores([replace(record, id=new_id())])
        assert await library.restore(rows) == play  # the same play, asked about once more

    opened(into, at=tmp_path / "other.db")
    altered = [{**row, "made": 6.0} if row["type"] == "score" else row for row in rows]
    with pytest.raises(BadInput, match="not the one its hash names"):
        opened(lambda library: library.restore(altered), at=tmp_path / "third.db")


def test_a_purge_takes_the_scores_of_its_lines_and_their_prompts(opened: Open) -> None:
    async def work(library: Library) -> None:
        made, line, record = await scored(library)
        await library.hide(made.play, line)
        await library.purge(made.play)
        assert await library.scores([line]) == []
        with pytest.raises(BadInput, match="no prompt"):
            await library.prompt(record.prompt)
        assert await library.check() == []

    opened(work)


def test_an_account_tells_them_token_by_token(opened: Open) -> None:
    async def work(library: Library) -> None:
        _, line, _record = await scored(library)
        (account,) = library.accounts()([line])
        (told,) = account["scores"]
        assert told["model_identity"] == MODEL.identity
        assert (told["condition"], told["context"]) == ("own frame", "b2:here")
        assert (told["nats"], told["scored"]) == (1.25 - 0.5, 1)
        assert [each["text"] for each in told["tokens"]] == [" light", " turns"]
        assert [each["rank"] for each in told["tokens"]] == [None, 70_000]
        assert told["tokens"][1]["top"][1] == {"id": 0, "text": " the", "logprob": -2.5}

    opened(work)

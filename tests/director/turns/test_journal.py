import asyncio

import pytest

from stage.director.turns import journal as journals
from stage.director.turns.journal import Journal
from stage.kit.errors import KnownError
from stage.play.line import Cut, Status
from stage.play.provenance import TakeEnding
from stage.play.token import Token


class Archive:
    """A library whose disk can be full."""

    def __init__(self):
        self.chunks = []
        self.ends = []
        self.full = False

    async def append(self, chunks):
        if self.full:
            raise KnownError("The disk is full; make room.")
        self.chunks += chunks

    async def end_take(self, ending, last):
        if self.full:
            raise KnownError("The disk is full; make room.")
        self.ends.append((ending.take, [each.id for each in last]))


class Watcher:
    def __init__(self):
        self.heard = []

    def hear(self, event):
        self.heard.append(event.trouble)


def token(number):
    return Token(number, b"x", -1.0)


def ending(take):
    return TakeEnding(take, Cut.EOG, Status.COMPLETE, "", "", None, 2.5)


def test_tokens_reach_the_library_within_the_interval():
    async def work():
        archive = Archive()
        journal = Journal(archive)
        journal.add("a", [token(1)])
        journal.add("b", [token(2)])
        journal.add("a", [token(3)])
        while not archive.chunks:
            await asyncio.sleep(0.01)
        return archive.chunks

    chunks = asyncio.run(work())
    assert journals.INTERVAL <= 0.2
    assert {chunk.take: [each.id for each in chunk.tokens] for chunk in chunks} == {
        "a": [1, 3],
        "b": [2],
    }


def test_chunks_of_a_take_count_up_and_start_again_for_the_next():
    async def work():
        archive = Archive()
        journal = Journal(archive)
        for number in range(3):
            journal.add("a", [token(number)])
            await journal.flush()
        await journal.end(ending("a"))
        journal.add("a", [token(3)])
        await journal.close()
        return [chunk.seq for chunk in archive.chunks]

    assert asyncio.run(work()) == [0, 1, 2, 0]


def test_what_still_waits_is_stored_with_the_line_and_not_journaled():
    async def work():
        archive = Archive()
        journal = Journal(archive)
        journal.add("a", [token(1)])
        await journal.flush()
        journal.add("a", [token(2)])
        journal.add("b", [token(3)])
        await journal.end(ending("a"))
        await journal.close()
        return archive.ends, [(each.take, len(each.tokens)) for each in archive.chunks]

    assert asyncio.run(work()) == ([("a", [2])], [("a", 1), ("b", 1)])


def test_a_line_that_could_not_be_stored_keeps_its_tokens():
    async def work():
        archive = Archive()
        journal = Journal(archive)
        journal.add("a", [token(1)])
        archive.full = True
        with pytest.raises(KnownError):
            await journal.end(ending("a"))
        archive.full = False
        await journal.end(ending("a"))
        await journal.close()
        return archive.ends, archive.chunks

    assert asyncio.run(work()) == ([("a", [1])], [])


def test_the_timer_tries_again_until_there_is_room(expected_logs):
    expected_logs.expect("the journal waits")

    async def work():
        archive = Archive()
        journal = Journal(archive)
        archive.full = True
        journal.add("a", [token(1)])
        while not expected_logs.seen:
            await asyncio.sleep(0.01)
        archive.full = False
        while not archive.chunks:
            await asyncio.sleep(0.01)
        return [(chunk.seq, len(chunk.tokens)) for chunk in archive.chunks]

    assert asyncio.run(work()) == [(0, 1)]


def test_a_failed_append_keeps_the_tokens_for_the_next_try():
    async def work():
        archive = Archive()
        journal = Journal(archive)
        archive.full = True
        journal.add("a", [token(1)])
        with pytest.raises(KnownError):
            await journal.flush()
        archive.full = False
        journal.add("a", [token(2)])
        await journal.close()
        return [(chunk.seq, [each.id for each in chunk.tokens]) for chunk in archive.chunks]

    assert asyncio.run(work()) == [(0, [1, 2])]


def test_what_cannot_be_stored_is_told_once_and_so_is_the_end_of_that():
    async def work():
        archive = Archive()
        journal, watcher = Journal(archive), Watcher()
        journal.told.connect(watcher.hear)
        told = watcher.heard
        archive.full = True
        journal.add("a", [token(1)])
        for _ in range(2):
            with pytest.raises(KnownError):
                await journal.flush()
        with pytest.raises(KnownError):
            await journal.end(ending("a"))
        assert told == ["The disk is full; make room."]
        assert journal.trouble == told[0]
        archive.full = False
        await journal.flush()
        assert told == ["The disk is full; make room.", ""]
        await journal.close()

    asyncio.run(work())

"""A damaged library is set aside with its log; a backup or what was salvaged takes its place."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from stage.kit import clock
from stage.kit.errors import BadInput, KnownError
from stage.store.care import keeping, recovering
from stage.store.file import lock, schema
from stage.store.file.faults import Wrecked
from stage.store.library import Library
from tests.store.care.test_keeping import _backup, _damage
from tests.store.conftest import Open
from tests.store.making import forest, stock


async def _texts(library: Library) -> dict[str, tuple[str, bool]]:
    """Line -> text, and whether it carries the tag of doubt."""
    found = {}
    for play in await library.plays():
        for line in await library.tree(play.id):
            found[line.id] = line.text, "tag:salvaged" in line.labels
    return found


def test_the_newest_backup_comes_back_and_nothing_is_deleted(path: Path, opened: Open) -> None:
    opened(stock)
    good = opened(_backup)
    _damage(path)
    with pytest.raises(Wrecked) as told:
        opened(lambda library: library.plays())
    assert told.value.backup == good
    assert "stage salvage" in told.value.sentence
    schema.log_of(path).write_bytes(b"log")
    damaged = path.read_bytes()
    aside = recovering.put_back(path, good)
    assert aside is not None
    assert aside.read_bytes() == damaged
    assert schema.log_of(aside).read_bytes() == b"log"
    assert not schema.log_of(path).exists()
    assert len(opened(lambda library: library.plays())) == 1
    assert good.exists()


def test_only_a_sound_copy_is_put_back(path: Path, opened: Open) -> None:
    opened(stock)
    before = path.read_bytes()
    bad = path.with_name("bad.db")
    bad.write_bytes(b"nothing")
    for copy in (bad, path.with_name("missing.db")):
        with pytest.raises(BadInput, match="not sound"):
            recovering.put_back(path, copy)
    assert path.read_bytes() == before


def test_a_library_in_use_is_not_moved(path: Path, opened: Open) -> None:
    good = (opened(stock), opened(_backup))[1]
    path.with_name("stage.db.lock").write_text('{"pid": 1, "program": "another"}')
    assert lock.held(path)
    with pytest.raises(KnownError, match="in use"):
        recovering.put_back(path, good)
    assert [each.name for each in path.parent.glob("*.part")] == []


def test_two_at_once_have_two_names_and_a_day_passes_before_the_next_offer(
    path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_790_000_000.0]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    assert not path.parent.exists()
    opened(stock)
    assert recovering.may_offer(path)
    first = recovering.set_aside(path)
    opened(stock)
    assert not recovering.may_offer(path)
    assert recovering.set_aside(path) != first
    now[0] += keeping.DAY + 1
    assert recovering.may_offer(path)
    (path.parent / "stage.db.damaged-some day Z").write_text("")
    assert recovering.may_offer(path)


@pytest.mark.parametrize("seed", range(3))
def test_what_can_be_read_is_salvaged_and_what_is_doubtful_is_marked(
    path: Path, opened: Open, seed: int
) -> None:
    dice = random.Random(seed)
    opened(lambda library: forest(library, [dice.randrange(40) for _ in range(60)], seed))
    right = opened(_texts)
    data = bytearray(path.read_bytes())
    for page in dice.sample(range(20, len(data) // 4096), 3):  # those before hold the schema
        data[page * 4096 : page * 4096 + 4096] = dice.randbytes(4096)
    path.write_bytes(data)
    target = path.with_name("saved.db")
    try:
        saved = recovering.salvage(path, target)
    except KnownError:  # the rest of the schema was hit: nothing can be read, and nothing is made
        assert not target.exists()
        return
    assert path.read_bytes() == data
    assert sorted(each.name for each in path.parent.glob("saved*")) == ["saved.db"]
    assert opened(lambda library: library.check(), at=target) == []
    found = opened(_texts, at=target)
    assert sum(each.lines for each in saved) == len(found) - len([s for s in saved if s.lines])
    for line, (text, doubtful) in found.items():
        assert doubtful or line not in right or text == right[line][0]


def test_a_library_without_damage_is_salvaged_whole(path: Path, opened: Open) -> None:
    async def rows(library: Library) -> list[object]:
        (play,) = await library.plays()
        return [row async for row in library.dump(play.id)]

    opened(lambda library: forest(library, [0, 0, 1, 2, 3, 3]))
    target = path.with_name("saved.db")
    (saved,) = recovering.salvage(path, target)
    assert (saved.history, saved.lost, saved.unsure, saved.error) == (True, 0, [], "")
    assert opened(rows, at=target) == opened(rows)
    with pytest.raises(BadInput, match="exists already"):
        recovering.salvage(path, target)
    with pytest.raises(BadInput, match="no file"):
        recovering.salvage(path.with_name("none.db"), path.with_name("other.db"))


@pytest.mark.parametrize("content", [b"", b"a letter", b"\0" * 8192])
def test_of_what_is_no_database_nothing_is_made(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(KnownError):
        recovering.salvage(path, path.with_name("saved.db"))
    assert [each.name for each in path.parent.iterdir()] == ["stage.db"]

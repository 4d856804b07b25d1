"""A file becomes a play, or is only looked at; an export comes in again as the same tree."""

from __future__ import annotations

import asyncio
import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from stage.app.house import House
from stage.director import importing
from stage.director.events import Changed, Changes, Event
from stage.director.exporting import Wanted, chosen, pieces
from stage.director.importing import format_of, sha256, take_in
from stage.director.working import Stopped, Work
from stage.formats import FORMATS
from stage.formats.format import Source
from stage.kit import paths
from stage.kit.errors import BadInput
from stage.play.line import Kind
from stage.play.prompting.prose import runs_on
from stage.store.library import Library
from tests.director.conftest import Play
from tests.formats.test_text import prose
from tests.store.chain import chain
from tests.store.making import forest, stock


def test_a_play_goes_out_as_loomsidian_and_comes_in(tmp_path: Path) -> None:
    async def work() -> None:
        library = await Library.open(tmp_path / "library.db")
        try:
            made = await forest(library, [0, 0, 1, 2, 1, 3])
            scene, _, _ = await library.scene(made.play)
            source = Source(made.play, scene, await library.tree(made.play), whole=True)
            file = tmp_path / "tree.txt"
            write = FORMATS["loomsidian"].write
            assert write is not None
            file.write_text("".join(write(source)), encoding="utf-8")
            assert format_of(file).id == "loomsidian"
            (looked,) = await take_in(None, file)
            assert looked.play is None
            (taken,) = await take_in(library, file)
            assert taken.play is not None
            assert len(await library.plays()) == 2
            copy, _, _ = await library.scene(taken.play)
            again = Source(taken.play, copy, await library.tree(taken.play), whole=True)
            told = [
                [(line.text, each.scene.cast.label(line.speaker)) for line, _ in each.walk()]
                for each in (source, again)
            ]
            assert told[0] == told[1]
            assert taken.lines == len(told[0])
            assert await library.check() == []
        finally:
            await library.close()

    asyncio.run(work())


def test_a_play_of_just_text_comes_back_from_loomsidian_as_one(tmp_path: Path) -> None:
    file = tmp_path / "fog.json"
    write = FORMATS["loomsidian"].write
    assert write is not None
    source = prose(("a", "r", "The ship"), ("b", "a", "s came"), ("c", "a", " sank"))
    file.write_text("".join(write(replace(source, whole=True))), encoding="utf-8")

    async def work() -> None:
        library = await Library.open(tmp_path / "library.db")
        try:
            (taken,) = await take_in(library, file)
            assert taken.play is not None
            scene, _, _ = await library.scene(taken.play)
            assert [runs_on(each) for each in scene.cast] == [True], "a model goes on with it"
            tree = await library.tree(taken.play)
            again = Source(taken.play, scene, tree, whole=True)
            assert "".join(write(again)).count('"speaker"') == 0
            assert [line.text for line, _ in again.walk()] == ["The ship", "s came", " sank"]
        finally:
            await library.close()

    asyncio.run(work())


@pytest.mark.parametrize(
    "text",
    [
        '{"nodes":{"a":{"text":"The ship","parentId":null,"bookmarked":true},'
        '"b":{"text":"s ca","parentId":"a"}},'
        '"current":"b"}',
        '{"root":{"id":"r","text":"The ship","children":[{"id":"x","text":"s ca"}]}}',
    ],
)
def test_a_loom_without_names_is_gone_on_with_by_a_model_as_it_stands(
    tmp_path: Path, text: str
) -> None:
    async def work() -> None:
        library = await Library.open(tmp_path / "library.db")
        try:
            file = tmp_path / "Ships.json"
            file.write_text(text, encoding="utf-8")
            (taken,) = await take_in(library, file)
            assert taken.play is not None
            scene, _, _ = await library.scene(taken.play)
            tree = await library.tree(taken.play)
            (member,) = scene.cast
            assert (member.actor.frame, member.human, list(scene.models)) == (
                "prose", False, ["stage-base"],
            )  # fmt: skip
            assert taken.title in ("Ships", "pyloom")
            said = [each for each in tree.parents_first() if each.parent is not None]
            assert [each.kind for each in said] == [Kind.SPEECH, Kind.SPEECH]
            assert taken.losses == ()
            if taken.format == "loomsidian":
                assert [each.bookmarked for each in said] == [True, False]
            assert await library.check() == []
        finally:
            await library.close()

    asyncio.run(work())


def test_a_lossless_export_comes_in_too(tmp_path: Path) -> None:
    async def work() -> None:
        library = await Library.open(tmp_path / "one.db")
        other = await Library.open(tmp_path / "two.db")
        try:
            made = await forest(library, [0, 0, 1])
            scene, _, _ = await library.scene(made.play)
            rows = [row async for row in library.dump(made.play)]
            source = Source(made.play, scene, await library.tree(made.play), records=rows)
            write = FORMATS["stage"].write
            assert write is not None
            file = tmp_path / "play"
            file.write_text("".join(write(source)), encoding="utf-8", newline="")
            (taken,) = await take_in(other, file)
            assert (taken.play, taken.title) == (made.play, "The lighthouse")
            assert [row async for row in other.dump(made.play)] == rows
        finally:
            await library.close()
            await other.close()

    asyncio.run(work())


def test_an_unknown_or_missing_file_is_bad_input(tmp_path: Path) -> None:
    file = tmp_path / "letter.json"
    file.write_text("Dear all,")
    with pytest.raises(BadInput, match="no format"):
        format_of(file)
    with pytest.raises(BadInput, match="cannot be read"):
        sha256(tmp_path / "nothing")
    file.write_text(json.dumps({"text": "a", "children": [{"text": 3}]}))
    with pytest.raises(BadInput):
        asyncio.run(take_in(None, file))


DEEP = 1500  # more than Python can recurse
BOTH_WAYS = [each.id for each in FORMATS if each.write and (each.read or each.find)]


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_a_deep_chain_goes_out_and_comes_in(name: str, tmp_path: Path) -> None:
    form = FORMATS[name]
    write, (play, _) = form.write, chain(tmp_path / "one.db", DEEP)
    assert write is not None

    async def work() -> None:
        library = await Library.open(tmp_path / "one.db")
        other = await Library.open(tmp_path / "two.db")
        try:
            rows = [row async for row in library.dump(play)]
            scene, _, _ = await library.scene(play)
            tree = await library.tree(play)
            file = tmp_path / "deep"
            source = Source(play, scene, tree, whole=True, records=rows)
            file.write_text("".join(write(source)), encoding="utf-8")
            (taken,) = await take_in(other, file)
            copy = await other.opened(str(taken.play))
            path = copy.path(copy.leaf_under(str(copy.root and copy.root.id)).id)
            assert [line.text for line in path][-DEEP:] == [f"line {n + 1}" for n in range(DEEP)]
            assert await other.check() == []
        finally:
            await library.close()
            await other.close()

    asyncio.run(work())


class Early(Work):
    """Is stopped when so many rows are stored."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most
        self.told: list[tuple[str, int, int]] = []

    def on(self, count: int = 1) -> None:
        if self.what == "storing":
            self.told.append((self.what, self.done + count, self.total))
            if self.done + count >= self.most:
                self.stop()
        super().on(count)


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_storing_is_counted_and_stops_with_everything_as_it_was(name: str, tmp_path: Path) -> None:
    form = FORMATS[name]
    write, (play, _) = form.write, chain(tmp_path / "one.db", DEEP)
    assert write is not None

    async def work() -> None:
        library = await Library.open(tmp_path / "one.db")
        other = await Library.open(tmp_path / "two.db")
        try:
            made = await stock(other)
            rows = [row async for row in library.dump(play)]
            scene, _, _ = await library.scene(play)
            source = Source(play, scene, await library.tree(play), whole=True, records=rows)
            file = tmp_path / "deep"
            file.write_text("".join(write(source)), encoding="utf-8")
            before = await other._desk.read(lambda db: list(db.iterdump()))
            stopped = Early(DEEP // 2)
            with pytest.raises(Stopped):
                await take_in(other, file, stopped)
            (*_, (_, done, total)) = stopped.told
            assert len(stopped.told) > 1
            assert DEEP // 2 <= done < total
            assert await other._desk.read(lambda db: list(db.iterdump())) == before
            await made.say(made.root, "still here")
            whole = Early(10**9)
            await take_in(other, file, whole)
            assert whole.done == whole.total > 0
            assert len(await other.plays()) == 2
        finally:
            await library.close()
            await other.close()

    asyncio.run(work())


def test_whoever_stops_while_a_file_is_parsed_need_not_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, parsed = tmp_path / "tree.json", threading.Event()
    file.write_text('{"text": "Once", "children": []}')

    def slowly(*given: object) -> list[object]:
        parsed.wait(60)
        return []

    monkeypatch.setattr(importing, "_rows", slowly)

    async def work() -> None:
        doing = Work()
        taking = asyncio.get_running_loop().create_task(take_in(None, file, doing))
        while not doing._heard:
            await asyncio.sleep(0.001)
        doing.stop()
        with pytest.raises(Stopped):
            await taking

    try:
        asyncio.run(work())
    finally:
        parsed.set()


def test_the_director_takes_a_file_in_and_tells_of_it(in_house: Play) -> None:
    told: list[Event] = []

    def hear(event: Event) -> None:
        told.append(event)

    async def work(house: House) -> None:
        house.director.told.connect(hear)
        (taken,) = await house.director.take_in(next((paths.resources() / "plays").iterdir()))
        assert taken.play is not None
        assert (await house.director.open(taken.play)).scene.title == taken.title
        with pytest.raises(BadInput):
            await house.director.take_in(Path(__file__))

    in_house(work)
    assert [each.changes for each in told if isinstance(each, Changed)] == [Changes.PLAYS]


def test_times_of_a_chat_are_kept_and_go_out_again(tmp_path: Path) -> None:
    when = "2023-06-19T12:20:05.250Z"
    rows = [{"user_name": "Ada", "character_name": "Sera", "chat_metadata": {}},
            {"name": "Sera", "is_user": False, "mes": "Sit.", "send_date": when},
            {"name": "Ada", "is_user": True, "mes": "No."}]  # fmt: skip

    async def work() -> None:
        library = await Library.open(tmp_path / "library.db")
        try:
            file = tmp_path / "chat.jsonl"
            file.write_text("\n".join(map(json.dumps, rows)))
            (taken,) = await take_in(library, file)
            form, source = await chosen(library, Wanted(str(taken.play), "sillytavern"))
            written = [json.loads(row) for row in "".join(pieces(form, source)).splitlines()]
            assert (written[0]["create_date"], written[1]["send_date"]) == (when, when)
            assert written[2]["send_date"] > when, "when it came into the library"
            assert await library.check() == []
        finally:
            await library.close()

    asyncio.run(work())

"""A damaged library at the door of the window: a backup or what can be read takes its place."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from stage.app import rescue
from stage.app.rescue import rescued
from stage.store.care import keeping, recovering
from stage.store.file.faults import Wrecked
from stage.store.library import Library
from stage.ui.dialogs.wreck import BACKUP, SALVAGE, WreckSheet
from tests.store.making import stock


async def _wreck(path: Path) -> Wrecked:
    library = await Library.open(path)
    made = await stock(library)
    for number in range(30):
        await made.say(made.root, f"line {number} " + "x" * 500)
    await library.backup()
    await library.close()
    data = bytearray(path.read_bytes())  # noqa: ASYNC240
    page = data.index(b"line 12 xx") // 4096 * 4096
    data[page : page + 8] = b"\xff" * 8
    path.write_bytes(data)  # noqa: ASYNC240
    return keeping.wrecked(path)


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """What the user chooses."""

    def choose(word: str) -> None:
        async def ask(sheet: WreckSheet) -> int:
            sheet.chosen = word
            sheet.deleteLater()
            return int(bool(word))

        monkeypatch.setattr(rescue, "ask", ask)

    return choose


@pytest.mark.parametrize(("word", "least"), [(BACKUP, 30), (SALVAGE, 15), ("", None)])
def test_what_was_chosen_is_done_and_the_damaged_file_kept(
    qapp: object, tmp_path: Path, answer: Callable[[str], None], word: str, least: int | None
) -> None:
    path = tmp_path / "library.db"
    answer(word)

    async def work() -> None:
        error = await _wreck(path)
        damaged = path.read_bytes()
        assert recovering.may_offer(path)
        assert await rescued(error) == bool(word)
        if least is None:
            assert path.read_bytes() == damaged
            return
        (kept,) = tmp_path.glob("library.db.damaged-*")  # noqa: ASYNC240
        assert kept.read_bytes() == damaged
        library = await Library.open(path)
        assert await library.check() == []
        assert (await library.plays())[0].lines >= least
        await library.close()
        assert not recovering.may_offer(path)

    asyncio.run(work())

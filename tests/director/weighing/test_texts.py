"""Texts that are no lines: what models made of the last ones is known while Stage runs."""

from __future__ import annotations

from typing import Any

import pytest

from stage.app.house import House
from stage.director.weighing import texts
from stage.director.weighing.pasting import Pasted, Stretch
from stage.engine.model import Model
from stage.engine.orders import LoadSettings
from stage.kit.errors import BadInput
from stage.play.scene import Scene

ONE, OTHER = Pasted("The lamp turns.", "A play."), Pasted("Nobody is there.", "A play.")


async def read(house: House, file: Any, pasted: Pasted) -> list[Stretch]:
    return [each async for each in house.director.scoring.texts.read(file, pasted)]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that models were asked about."""
    found: list[str] = []
    score = Model.score

    async def counted(self: Model, text: str, *args: Any, **more: Any) -> Any:
        found.append(text)
        return await score(self, text, *args, **more)

    monkeypatch.setattr(Model, "score", counted)
    return found


def test_switching_between_texts_and_models_and_back_asks_nobody(
    scene: Scene, in_house: Any, asked: list[str]
) -> None:
    async def work(house: House) -> None:
        play = await house.director.new_play(scene, seed=3)
        base, chat = play.models["base"], play.models["chat"]
        first = await read(house, base, ONE)
        for file, pasted in ((chat, ONE), (base, OTHER), (chat, OTHER)):
            await read(house, file, pasted)
        assert len(asked) == 4
        await house.director.shelving.unload(base)
        assert await read(house, base, ONE) == first
        assert house.pool.loaded(base) is None, "nor is a model loaded for it"
        assert await house.director.scoring.texts.known(base, ONE)
        assert len(asked) == 4
        above = Pasted(ONE.text, "Another play.")  # after something else it is another reading
        assert await house.director.scoring.texts.known(base, above) is None
        await read(house, base, above)
        assert len(asked) == 5

    in_house(work)


def test_the_oldest_is_forgotten_and_what_was_stopped_is_not_kept(
    scene: Scene, in_house: Any, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(house: House) -> None:
        play = await house.director.new_play(scene, seed=3)
        base, director = play.models["base"], house.director
        await read(house, base, ONE)
        monkeypatch.setattr(texts, "KEPT", 1)
        await read(house, base, OTHER)
        assert await director.scoring.texts.known(base, ONE) is None
        assert await director.scoring.texts.known(base, OTHER)
        monkeypatch.setattr(texts, "TOKENS", 2)
        await read(house, base, ONE)
        assert await director.scoring.texts.known(base, ONE) is None, "too long to be kept"
        monkeypatch.undo()
        long = Pasted("The lamp turns, and somebody is on the stairs. " * 90)
        reading = director.scoring.texts.read(base, long)
        async for _ in reading:
            break
        await reading.aclose()
        assert await director.scoring.texts.known(base, long) is None
        with pytest.raises(BadInput, match="no text"):
            await read(house, base, Pasted(" "))

    in_house(work)


def test_a_long_text_is_read_anew_where_its_model_has_another_room(
    scene: Scene, in_house: Any, asked: list[str]
) -> None:
    async def work(house: House) -> None:
        play = await house.director.new_play(scene, seed=3)
        base, director = play.models["base"], house.director
        long = Pasted("The lamp turns, and somebody is on the stairs. " * 90)
        assert len(await read(house, base, long)) > 1
        await read(house, base, ONE)
        await director.shelving.unload(base)
        await house.pool.load(base, LoadSettings(context=512))
        assert await director.scoring.texts.known(base, ONE), "it had room in both"
        assert await director.scoring.texts.known(base, long) is None

    in_house(work)

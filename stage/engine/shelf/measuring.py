"""The exact memory a model needs, asked of a throw-away worker that allocates none of it."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from stage.engine import protocol
from stage.engine.client import Client
from stage.engine.orders import LoadSettings
from stage.engine.shelf.memory import Estimate
from stage.kit.errors import BadInput, KnownError

PATIENCE = 30.0  # seconds; measured: under one


async def measure(
    path: Path, wanted: Sequence[LoadSettings], backend: str = "llama"
) -> list[Estimate | None]:
    """Estimate the memory of a model for each of some settings, in order; None: they cannot be.

    The first is never None. Raises BadInput for a file that llama.cpp cannot read, KnownError
    for the rest.
    """
    answer: asyncio.Future[list[Estimate | None]] = asyncio.get_running_loop().create_future()

    def settle(found: list[Estimate | None] | KnownError) -> None:
        if answer.done():
            return
        if isinstance(found, KnownError):
            answer.set_exception(found)
        else:
            answer.set_result(found)

    def received(messages: list[protocol.Message]) -> None:
        for message in messages:
            if isinstance(message, protocol.Reply):
                settle([each and Estimate(**each) for each in message.result["estimates"]])
            elif isinstance(message, protocol.Failed):
                kind = BadInput if message.kind == "bad" else KnownError
                settle(kind(message.sentence))

    def ended(code: int) -> None:
        words, step = client.last_words(code), client.next_step(code)
        settle(KnownError(f"{path.name} could not be measured because {words}; {step}."))

    client = Client(received, ended)
    try:
        told = [asdict(each) for each in wanted]
        client.send(protocol.Measure(str(path), backend, told))
        return await asyncio.wait_for(answer, PATIENCE)
    except TimeoutError as error:
        raise KnownError(f"{path.name} could not be measured in time; try again.") from error
    finally:
        await asyncio.shield(client.close())

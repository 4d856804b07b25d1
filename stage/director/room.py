"""How full a context will be before anybody speaks: what fits, and what will be left out.

The same way a turn goes (prompts.receive), so that what is told here is what will happen.
"""

from dataclasses import dataclass

from stage.director.opened import OpenPlay
from stage.director.prompts import frame_of, receive, sampler_of
from stage.engine.pool import Pool
from stage.kit.errors import KnownError
from stage.play.prompting.budget import MARGIN, Dropped


@dataclass(frozen=True, slots=True)
class Room:
    """The context of one model for one member after one line.

    Attributes:
        member: whose prompt it is, by id.
        model: the scene's name of it.
        tokens: of all that the member would be told, what is left out included.
        room: tokens there are for the prompt.
        dropped: what will be left out for want of room, first to go first.
        refused: why there can be no prompt, a sentence; "" when there can.
    """

    member: str
    model: str
    tokens: int
    room: int
    dropped: tuple[Dropped, ...] = ()
    refused: str = ""

    @property
    def share(self) -> float:
        """How much of the room all of it would take, 1 at most."""
        return min(1.0, self.tokens / self.room) if self.room > 0 else 1.0

    @property
    def lost(self) -> int:
        """How many lines, examples and entries of lore will be left out."""
        return sum(each.lines for each in self.dropped)


async def room(pool: Pool, play: OpenPlay, at: str, speaker: str, name: str) -> Room | None:
    """Measure the context for a member after a line; None: that model is not loaded.

    Nothing is loaded for it and nothing is stored.

    Args:
        name: the scene's name of the model.
    """
    model = pool.loaded(play.models[name])
    if model is None:
        return None
    member, card = play.cast(at)[speaker], model.card
    sampler = sampler_of(member, name, card)
    whole = model.capabilities.n_ctx - sampler.max_tokens - MARGIN
    try:
        frame = frame_of(member, name, card.kind)
        received = await receive(play, at, member, model, frame, sampler.max_tokens)
    except KnownError as error:
        return Room(speaker, name, whole, whole, refused=error.sentence)
    dropped = tuple(each for each in received.dropped if not each.expected)
    tokens = len(received.prepared.tokens) + sum(each.tokens for each in dropped)
    return Room(speaker, name, tokens, whole, dropped)

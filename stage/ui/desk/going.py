"""Going to a play or to a line of it, from wherever it was found."""

from typing import TYPE_CHECKING

from stage.director.director import Director
from stage.director.opened import OpenPlay
from stage.kit.errors import KnownError
from stage.ui.desk.session import Session
from stage.ui.lanes.lanes import kept_leaves
from stage.ui.words import tr

if TYPE_CHECKING:
    from stage.ui.desk.desk import Desk


async def show_play(session: Session, director: Director, play_id: str, *lines: str) -> bool:
    """Open a play and show it where it was left; False where another was wanted meanwhile.

    Args:
        lines: what has to be known of it besides.

    Raises:
        KnownError: it cannot be read, in words.
    """
    wish = session.wish = object()
    play = await director.open(play_id)
    await director.reach(play, *kept_leaves(session.saved, play_id), *lines)
    if session.wish is wish:
        session.show(play)
    return session.play is play


async def open_play(desk: "Desk", play_id: str) -> OpenPlay | None:
    """Show a play where it was left; None when it cannot be read, which is said.

    None, too, where somebody wanted another one before it was there.
    """
    session = desk.session
    if session.play is not None and session.play.id == play_id:
        session.wish = None
        return session.play
    try:
        shown = await show_play(session, desk.director, play_id)
    except KnownError as error:
        desk.wishes.said.emit(error.sentence)
        return None
    return session.play if shown else None


async def go_to_play(desk: "Desk", play_id: str) -> None:
    """Show a play on the stage."""
    if await open_play(desk, play_id) is not None:
        desk.wishes.view.emit("stage")
        desk.wishes.focus.emit("stage")


async def go_to_line(desk: "Desk", play_id: str, line_id: str) -> None:
    """Show a line on the stage, chosen; of one in the bin, what stood above it."""
    play = await open_play(desk, play_id)
    if play is None:
        return
    session = desk.session
    try:
        await desk.director.reach(play, line_id)
    except KnownError as error:
        desk.wishes.said.emit(error.sentence)
        return
    if line_id not in play.tree:
        desk.wishes.said.emit(tr("going", "The play has no such line any more."))
        return
    if play.tree.is_gone(line_id):
        desk.wishes.said.emit(tr("going", "The line is in the bin; here is what stood above it."))
        line_id = next(line.parent or "" for line in play.tree.path(line_id) if line.hidden)
    session.move(session.at, play.end(line_id))
    session.choose(line_id)
    desk.wishes.view.emit("stage")
    desk.wishes.focus.emit(f"lane {session.at + 1}")

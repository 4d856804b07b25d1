"""Going to a play or to a line of it, from wherever it was found."""

from stage.director.opened import OpenPlay
from stage.kit.errors import KnownError
from stage.ui.desk.desk import Desk
from stage.ui.lanes.lanes import kept_leaves
from stage.ui.words import tr


async def open_play(desk: Desk, play_id: str) -> OpenPlay | None:
    """Show a play where it was left; None when it cannot be read, which is said."""
    session, director = desk.session, desk.director
    if session.play is not None and session.play.id == play_id:
        return session.play
    try:
        opened = await director.open(play_id)
        await director.reach(opened, *kept_leaves(session.saved, play_id))
    except KnownError as error:
        desk.wishes.said.emit(error.sentence)
        return None
    session.show(opened)
    return opened


async def go_to_play(desk: Desk, play_id: str) -> None:
    """Show a play on the stage."""
    if await open_play(desk, play_id) is not None:
        desk.wishes.view.emit("stage")
        desk.wishes.focus.emit("stage")


async def go_to_line(desk: Desk, play_id: str, line_id: str) -> None:
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

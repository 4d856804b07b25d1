"""What fits into the context, and what is left out: never silently."""

from collections.abc import Sequence
from dataclasses import dataclass

from stage.kit.errors import KnownError
from stage.play.prompting.frame import Segment

MARGIN = 16  # tokens kept free for what the template and the tokeniser add at seams
LAST_LINES = 4  # dropped only when nothing else is left, and never the very last


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that did not fit: which, how many tokens it would take, by which rule."""

    line: str
    tokens: int
    rule: str = "oldest line"


def fit(
    segments: Sequence[Segment], counts: Sequence[int], room: int
) -> tuple[list[Segment], list[Dropped]]:
    """Drop the oldest lines until the rest fits, the last line never.

    Args:
        segments: a frame's segments in order.
        counts: tokens of each.
        room: tokens there are for the prompt.

    Returns:
        The kept segments in order, and what was dropped, oldest first.

    Raises:
        KnownError: when even the scene, the card and the last line do not fit.
    """
    over = sum(counts) - room
    lines = [index for index, each in enumerate(segments) if each.line is not None]
    dropped: dict[int, Dropped] = {}
    for place, index in enumerate(lines[:-1]):
        if over <= 0:
            break
        over -= counts[index]
        late = place >= len(lines) - LAST_LINES
        rule = "one of the last lines, for want of room" if late else "oldest line"
        dropped[index] = Dropped(str(segments[index].line), counts[index], rule)
    if over > 0:
        raise KnownError(
            f"The scene, the card and the last line need {room + over} tokens but only "
            f"{max(room, 0)} fit; shorten them, ask for shorter lines or use a larger context."
        )
    return [each for index, each in enumerate(segments) if index not in dropped], [
        *dropped.values()
    ]

"""A line is one node of a play's tree: something a member of the cast said, did or typed."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a line is to those who hear it. SCENE is the root that sets the play up.

    ENTER and EXIT tell that their speaker comes or goes; who is present is folded from them.
    """

    SCENE = "scene"
    SPEECH = "speech"
    THOUGHT = "thought"
    ASIDE = "aside"
    WHISPER = "whisper"
    DIRECTION = "direction"
    NARRATION = "narration"
    OOC = "ooc"
    ENTER = "enter"
    EXIT = "exit"


class Status(StrEnum):
    """Whether a line came to its end. RUNNING is never stored."""

    RUNNING = "running"
    COMPLETE = "complete"
    INTERRUPTED = "interrupted"


class Cut(StrEnum):
    """Why a line ended where it did."""

    EOG = "eog"
    LABEL = "label"
    NEW_NAME = "new_name"
    BLOCK_END = "block_end"
    STOP_STRING = "stop_string"
    LENGTH = "length"
    CONTEXT = "context"
    USER = "user"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Line:
    """One node as it is shown.

    Attributes:
        id: unique in the library; for a generated line also the id of its take.
        parent: id of the line it stands under; None for the scene root only.
        play: id of the play.
        kind: see Kind.
        speaker: member id, None for the scene root.
        text: what is shown and put into prompts; derivable from the raw text.
        heard_by: member ids, speaker included; None means everyone.
        model: the scene's name of the model, None when typed.
        take: counts from 1 among the siblings of the same model.
        status: see Status.
        reason: why it ended, None when typed.
        hidden: soft-deleted.
        order: sequence number of the record; siblings stand in this order.
        tokens: number of generated tokens, 0 when typed.
        persona_version: content hash of the card that spoke.
    """

    id: str
    parent: str | None
    play: str
    kind: Kind
    speaker: str | None
    text: str
    heard_by: tuple[str, ...] | None = None
    model: str | None = None
    take: int = 1
    status: Status = Status.COMPLETE
    reason: Cut | None = None
    hidden: bool = False
    order: int = 0
    tokens: int = 0
    persona_version: str | None = None

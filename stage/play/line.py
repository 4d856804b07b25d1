"""A line is one node of a play's tree: something a member of the cast said, did or typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

_NONE: Mapping[str, Any] = {}  # shared: most lines carry no labels


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
    """Whether a line came to its end. RUNNING is never stored; of PURGED only the place is left."""

    RUNNING = "running"
    COMPLETE = "complete"
    INTERRUPTED = "interrupted"
    PURGED = "purged"


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
        order: sequence number of the record, 0 while it runs.
        generated: how many tokens its model made: those of the line itself, see token.inside, and
            what it said past its end; 0 when typed.
        persona_version: content hash of the card that spoke.
        moved: stands under another line than the one it was spoken after.
        after: the line it was spoken after, where it stands under another one now.
        position: where an operation put it among its siblings; None: after those, in the
            order they began.
        layer: the name of the layer that spoke, None: the member itself.
        labels: "kind" or "kind:name" -> value, for all that an operation marked it with.
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
    generated: int = 0
    persona_version: str | None = None
    moved: bool = False
    after: str | None = None
    position: float | None = None
    layer: str | None = None
    labels: Mapping[str, Any] = field(default_factory=lambda: _NONE, hash=False)

    @property
    def bookmarked(self) -> bool:
        """Whether somebody wants to find it again."""
        return "bookmark" in self.labels

    @property
    def pinned(self) -> bool:
        """Whether it stays in prompts longest when there is no room."""
        return "pin" in self.labels

    @property
    def covers(self) -> tuple[str, ...]:
        """Ids of the lines that this one, a summary, stands for."""
        return tuple(self.labels.get("summary", ()))

    @property
    def archived(self) -> bool:
        """Whether it, with what stands under it, was put away."""
        return "archive" in self.labels

    @property
    def collapsed(self) -> bool:
        """Whether what stands under it is folded."""
        return "collapse" in self.labels

    @property
    def read(self) -> bool:
        """Whether somebody has read it."""
        return "read" in self.labels

    @property
    def note(self) -> str:
        """What somebody wrote beside it; empty when nothing."""
        return str(self.labels.get("note", ""))

    @property
    def rating(self) -> int | None:
        """One to five, None when nobody has judged it."""
        return self.labels.get("rating")

    @property
    def chapter(self) -> str | None:
        """The title of the chapter that begins here, None when none does."""
        return self.labels.get("chapter")

    @property
    def tags(self) -> dict[str, Mapping[str, Any]]:
        """Name -> {scope, mode} of the tags put on this line."""
        marks = self.labels.items()
        return {key[4:]: value for key, value in marks if key.startswith("tag:")}

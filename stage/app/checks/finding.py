"""What one check of the machine found, in words. Standard library only."""

from dataclasses import dataclass, field
from typing import Literal

Blocks = Literal["", "window", "everything"]


@dataclass(frozen=True)
class Finding:
    """The outcome of one check.

    Attributes:
        check: the check's name.
        sentence: what is so, in one sentence.
        fix: what to do about it, empty when all is well.
        blocks: what cannot run because of it; empty for good news and for mere warnings.
        details: numbers and names for a report.
    """

    check: str
    sentence: str
    fix: str = ""
    blocks: Blocks = ""
    details: dict[str, object] = field(default_factory=dict)

    @property
    def level(self) -> Literal["ok", "warning", "error"]:
        """Seen from the command line, which needs no window."""
        if self.blocks == "everything":
            return "error"
        return "warning" if self.fix else "ok"

    def row(self) -> dict[str, object]:
        """Return the finding as `stage doctor --json` prints it."""
        return {
            "check": self.check,
            "ok": self.level == "ok",
            "level": self.level,
            "sentence": self.sentence,
            "fix": self.fix,
            "details": self.details,
        }

    def told(self) -> str:
        """Return the sentence and its fix, for people."""
        return f"{self.sentence} {self.fix}".strip()

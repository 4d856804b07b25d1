"""The post room: import and export. One file a format; may import play and kit only."""

from stage.formats.format import Format
from stage.kit.registry import Registry

FORMATS: Registry[Format] = Registry(
    __name__,
    "markdown",
    "html",
    "text",
    "jsonl",
    "tokens",
    "csv",
    "stage",
    "loomsidian",
    "pyloom",
    "sillytavern",
)

SURE = 0.5  # what a format must give a file to be taken for it
HEAD = 1 << 20  # bytes that are shown to the formats


def recognised(head: bytes) -> Format | None:
    """The format that a file's first bytes are of; content decides, never the name."""
    readable = [each for each in FORMATS if each.read or each.find]
    best = max(readable, key=lambda each: each.sniff(head))
    return best if best.sniff(head) >= SURE else None

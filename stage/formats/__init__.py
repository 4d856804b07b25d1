"""The post room: import and export. One file a format; may import play and kit only."""

from stage.formats.format import Format
from stage.kit.registry import Registry

FORMATS: Registry[Format] = Registry(__name__, "markdown", "jsonl", "stage")

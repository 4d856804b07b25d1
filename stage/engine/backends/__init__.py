"""Ways to run models, one file each: `llama` for real, `echo` for tests of faults."""

from stage.engine.worker.runner import Backend
from stage.kit.registry import Registry

BACKENDS: Registry[Backend] = Registry(__name__, "llama", "echo")

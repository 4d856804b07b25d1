"""What the archive and the engine hand up, named for those above who may not look behind."""

from stage.engine.model import Capabilities as Capabilities
from stage.engine.pool import ModelState as ModelState
from stage.engine.shelf import ModelCard as ModelCard
from stage.store.library import LineDetail as LineDetail
from stage.store.library import PlayRow as PlayRow

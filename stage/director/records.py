"""What the archive and the engine hand up, named for those above who may not look behind."""

from stage.engine.orders import Capabilities as Capabilities
from stage.engine.orders import ModelState as ModelState
from stage.engine.scores import ScoredToken as ScoredToken
from stage.engine.shelf.card import Card as Card
from stage.store.library import Happened as Happened
from stage.store.library import Hit as Hit
from stage.store.library import Known as Known
from stage.store.library import LineDetail as LineDetail
from stage.store.library import PlayFacts as PlayFacts
from stage.store.library import PlayRow as PlayRow
from stage.store.library import RunTake as RunTake
from stage.store.library import Version as Version

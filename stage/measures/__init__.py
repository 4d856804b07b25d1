"""Measures: pure functions of a branch; knows play and kit, asks no model. One file a measure."""

from stage.kit.registry import Registry
from stage.measures.measure import Measure

MEASURES: Registry[Measure] = Registry(
    __name__,
    "nats",
    "nats_by_line",
    "bits",
    "tokens",
    "length",
    "words",
    "lines",
    "first_token",
    "speed",
    "stops",
    "rating",
    "distinct",
    "repeats",
    "variety",
    "overlap",
)

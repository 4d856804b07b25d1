"""How surprising its own words were to the model that said them, per token.

Stored logprobs: temperature 1, whole vocabulary, before any sampler. Nats and not perplexity,
which compares only within one tokenizer and is dominated by its worst tokens.
"""

from stage.measures.average import average
from stage.measures.measure import Branch, Measure, Reading, Said, made, one


def own(said: Said) -> list[float]:
    """Nats of each token of a line that its model knew the logprob of."""
    return [-token.logprob for token in said.shown() if token.logprob is not None]


def _of(branch: Branch) -> tuple[Reading, ...]:
    return one(average([nats for each in made(branch) for nats in own(each)]))


ABOUT = "To the model that said it, without temperature or sampler. Higher is more surprising."
ENTRY = Measure("nats", 3, "Own surprise", "nats/token", "tokens", _of, ABOUT)

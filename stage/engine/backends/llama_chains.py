"""Sampler chains of llama.cpp: one per take, in the order the play's Sampler says.

Every pointer is tested with bool(): a NULL pointer is not None, and adding it is a segfault.
"""

import ctypes
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import llama_cpp.llama_cpp as lib
import numpy as np

from stage.kit.errors import BadInput
from stage.play.sampling import Sampler, Step

if TYPE_CHECKING:
    from stage.engine.runner import Rows

RANDOM = 0xFFFFFFFF  # this seed would mean "pick one yourself"
_CANDIDATE = np.dtype([("id", np.int32), ("logit", np.float32), ("p", np.float32)])


class Candidates:
    """One array of candidates, filled anew for each draw; shared by the takes of a model."""

    def __init__(self, n_vocab: int) -> None:
        """Make room for a whole vocabulary."""
        self._ids = np.arange(n_vocab, dtype=np.int32)
        self._data = np.zeros(n_vocab, dtype=_CANDIDATE)
        self._id, self._logit = self._data["id"], self._data["logit"]
        self.n_vocab = n_vocab
        pointer = self._data.ctypes.data_as(ctypes.POINTER(lib.llama_token_data))
        self._array = lib.llama_token_data_array(pointer, n_vocab, -1, False)
        self._by_reference = ctypes.byref(self._array)

    def draw(self, chain: Any, row: "Rows") -> int:
        """Run a chain over logits of shape (n_vocab,) and return the token it selects."""
        array = self._array
        self._id[:] = self._ids
        self._logit[:] = row
        array.size, array.selected, array.sorted = self.n_vocab, -1, False
        lib.llama_sampler_apply(chain, self._by_reference)
        if not 0 <= array.selected < array.size:
            return int(row.argmax())  # a filter left nothing: the likeliest token is honest
        return int(self._id[array.selected])


class LlamaChain:
    """A chain and its state."""

    def __init__(
        self,
        sampler: Sampler,
        seed: int,
        history: Sequence[int],
        candidates: Candidates,
        suppressed: Sequence[int],
    ) -> None:
        """Build the chain. Raises BadInput when llama.cpp refuses one of its parts."""
        self._candidates = candidates
        self._chain: Any = lib.llama_sampler_chain_init(lib.llama_sampler_chain_default_params())
        if suppressed:
            self._add(_suppressing(suppressed, candidates.n_vocab), "suppressed tokens")
        for step in sampler.steps:
            self._add(_STEPS[step.name](candidates.n_vocab, dict(step.numbers)), step.name)
        self._add(_selector(sampler, seed), sampler.selector)
        for token in history[-_memory(sampler.steps) :] if _memory(sampler.steps) else ():
            lib.llama_sampler_accept(self._chain, token)

    def _add(self, part: Any, name: str) -> None:
        if not bool(part):
            self.close()
            raise BadInput(f"llama.cpp refuses the sampler {name}; change or remove it.")
        lib.llama_sampler_chain_add(self._chain, part)  # the chain owns it now

    def pick(self, row: "Rows") -> int:
        """Choose a token from logits of shape (n_vocab,) and remember that it was chosen."""
        token = self._candidates.draw(self._chain, row)
        lib.llama_sampler_accept(self._chain, token)
        return token

    def close(self) -> None:
        """Free the chain with its parts."""
        if self._chain is not None:
            lib.llama_sampler_free(self._chain)
            self._chain = None


def _suppressing(tokens: Sequence[int], n_vocab: int) -> Any:
    biases = (lib.llama_logit_bias * len(tokens))()
    for place, token in zip(biases, tokens, strict=True):
        place.token, place.bias = token, float("-inf")
    return lib.llama_sampler_init_logit_bias(n_vocab, len(tokens), biases)


def _selector(sampler: Sampler, seed: int) -> Any:
    cold = any(
        step.name == "temperature" and dict(step.numbers)["t"] <= 0 for step in sampler.steps
    )
    if cold or sampler.selector == "greedy":
        return lib.llama_sampler_init_greedy()
    return lib.llama_sampler_init_dist(seed % RANDOM)


def _memory(steps: Sequence[Step]) -> int:
    return max((int(dict(s.numbers)["last_n"]) for s in steps if s.name == "penalties"), default=0)


def _penalties(n_vocab: int, n: dict[str, float]) -> Any:
    return lib.llama_sampler_init_penalties(
        n_vocab, int(n["last_n"]), n["repeat"], n["frequency"], n["presence"]
    )


_STEPS: dict[str, Callable[[int, dict[str, float]], Any]] = {
    "penalties": _penalties,
    "top_k": lambda _, n: lib.llama_sampler_init_top_k(int(n["k"])),
    "typical": lambda _, n: lib.llama_sampler_init_typical(n["p"], int(n["keep"])),
    "top_p": lambda _, n: lib.llama_sampler_init_top_p(n["p"], int(n["keep"])),
    "min_p": lambda _, n: lib.llama_sampler_init_min_p(n["p"], int(n["keep"])),
    "temperature": lambda _, n: lib.llama_sampler_init_temp(n["t"]),
}

"""Sampler chains of llama.cpp: one per take, in the order the play's Sampler says.

Every pointer is tested with bool(): a NULL pointer is not None, and adding it is a segfault.
"""

import ctypes
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import llama_cpp.llama_cpp as lib
import numpy as np

from stage.engine.worker.logprobs import BLOCK, block_ends
from stage.kit.errors import BadInput
from stage.play.sampling import Sampler

if TYPE_CHECKING:
    from stage.engine.worker.logprobs import Shares
    from stage.engine.worker.runner import Rows

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
        self._begin = self._data.ctypes.data_as(ctypes.POINTER(lib.llama_token_data))
        self._array = lib.llama_token_data_array(self._begin, n_vocab, -1, False)
        self._by_reference = ctypes.byref(self._array)

    def draw(self, chain: Any, row: "Rows") -> tuple[int, bool]:
        """Run a chain over logits of shape (n_vocab,) and return the token it selects.

        Also tells whether the chain allows that token.
        """
        array = self._array
        self._id[:] = self._ids
        self._logit[:] = row
        array.data = self._begin  # XTC drops the likeliest by moving it
        array.size, array.selected, array.sorted = self.n_vocab, -1, False
        lib.llama_sampler_apply(chain, self._by_reference)
        if not 0 <= array.selected < array.size:
            return int(row.argmax()), False  # a filter left nothing: the likeliest is honest
        chosen = array.data[array.selected]
        return int(chosen.id), math.isfinite(chosen.logit)


class Drawing:
    """What llama.cpp's `dist` draws from a whole vocabulary, in a tenth of its time.

    The same generator (mt19937) and the same sums in the same order, so the same tokens but
    where a draw falls on the border of two to the last digits.
    """

    def __init__(self, seed: int) -> None:
        """Begin with a seed of 32 bits."""
        self._random = np.random.MT19937()
        self._random._legacy_seeding(seed)  # as std::mt19937 does

    def draw(self, row: "Rows", shares: "Shares | None") -> int:
        """Draw from logits, or from what Readings knows of them already."""
        if shares is None:
            with np.errstate(invalid="ignore"):  # a row without any number is dealt with below
                weights = np.exp(row - row.max())
            ends = block_ends(weights[None, :])[0]
        else:
            weights, ends = shares
        low, high = int(self._random.random_raw()), int(self._random.random_raw())
        target = (low + high * 2.0**32) / 2.0**64 * float(ends[-1])
        if not math.isfinite(target):
            return int(row.argmax())
        block = min(int(ends.searchsorted(target)), len(ends) - 1)
        start = block * BLOCK
        inner = weights[start : start + BLOCK].cumsum(dtype=np.float64)
        before = float(ends[block - 1]) if block else 0.0
        at = int(inner.searchsorted(target - before))
        return start + min(at, len(inner) - 1)


class LlamaChain:
    """A chain and its state."""

    def __init__(
        self,
        sampler: Sampler,
        seed: int,
        history: Sequence[int],
        candidates: Candidates,
        suppressed: Sequence[int],
        vocab: Any = None,
    ) -> None:
        """Build the chain. Raises BadInput when llama.cpp refuses one of its parts."""
        self._candidates = candidates
        self._chain: Any = lib.llama_sampler_chain_init(lib.llama_sampler_chain_default_params())
        if suppressed:
            self._add(_suppressing(suppressed, candidates.n_vocab), "suppressed tokens")
        self._end: int | None = None  # where a grammar can leave nothing to say
        making = _Making(candidates.n_vocab, vocab, seed % RANDOM)
        for step in sampler.steps:
            numbers: dict[str, Any] = dict(step.numbers)
            part = _STEPS[step.name](making, numbers)
            self._add(part, step.name)
            if step.name in ("penalties", "dry") and numbers["last_n"]:
                for token in history[-int(numbers["last_n"]) :]:
                    lib.llama_sampler_accept(part, token)
            if step.name == "grammar":
                self._end = max(lib.llama_vocab_eos(vocab), lib.llama_vocab_eot(vocab))
        cold = ("temperature", (("t", 0),))
        chill = any((s.name, s.numbers) == cold for s in sampler.steps)
        selector = "greedy" if chill and sampler.selector == "dist" else sampler.selector
        self._add(_SELECTORS[selector](making, dict(sampler.settings)), selector)
        plain = selector == "dist" and not sampler.steps and not suppressed
        self._drawing = Drawing(making.seed) if plain else None

    def _add(self, part: Any, name: str) -> None:
        if not bool(part):
            self.close()
            raise BadInput(f"llama.cpp refuses the sampler {name}; change or remove it.")
        lib.llama_sampler_chain_add(self._chain, part)  # the chain owns it now

    def pick(self, row: "Rows", shares: "Shares | None" = None) -> int:
        """Choose a token from logits of shape (n_vocab,) and remember that it was chosen."""
        if self._drawing is not None:
            return self._drawing.draw(row, shares)
        token, allowed = self._candidates.draw(self._chain, row)
        if not allowed and self._end is not None:  # accepting it would abort the process
            return self._end if self._end >= 0 else token
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


@dataclass(frozen=True, slots=True)
class _Making:
    """What the makers of parts need beside their numbers."""

    n_vocab: int
    vocab: Any
    seed: int


def _penalties(m: _Making, n: dict[str, Any]) -> Any:
    return lib.llama_sampler_init_penalties(
        m.n_vocab, int(n["last_n"]), n["repeat"], n["frequency"], n["presence"]
    )


def _biases(m: _Making, n: dict[str, Any]) -> Any:
    pairs = n["biases"]
    if any(token >= m.n_vocab for token, _ in pairs):
        raise BadInput(f"logit_bias names a token beyond the model's {m.n_vocab}; correct it.")
    biases = (lib.llama_logit_bias * len(pairs))()
    for place, (token, bias) in zip(biases, pairs, strict=True):
        place.token, place.bias = token, bias
    return lib.llama_sampler_init_logit_bias(m.n_vocab, len(pairs), biases)


def _grammar(m: _Making, n: dict[str, Any]) -> Any:
    if "\0" in n["text"] + n["root"]:
        raise BadInput("The grammar holds a zero character; remove it.")
    part = lib.llama_sampler_init_grammar(m.vocab, n["text"].encode(), n["root"].encode())
    if not bool(part):
        raise BadInput(
            f"llama.cpp cannot read the grammar with the root {n['root']!r}; correct its GBNF."
        )
    return part


def _dry(m: _Making, n: dict[str, Any]) -> Any:
    texts = [text.encode() for text in n["breakers"]]
    breakers = (ctypes.c_char_p * len(texts))(*texts)
    return lib.llama_sampler_init_dry(
        m.vocab, n["multiplier"], n["base"], int(n["allowed"]), int(n["last_n"]),
        breakers, len(texts),
    )  # fmt: skip


_STEPS: dict[str, Callable[[_Making, dict[str, Any]], Any]] = {
    "logit_bias": _biases,
    "grammar": _grammar,
    "penalties": _penalties,
    "dry": _dry,
    "top_n_sigma": lambda _, n: lib.llama_sampler_init_top_n_sigma(n["n"]),
    "top_k": lambda _, n: lib.llama_sampler_init_top_k(int(n["k"])),
    "typical": lambda _, n: lib.llama_sampler_init_typical(n["p"], int(n["keep"])),
    "top_p": lambda _, n: lib.llama_sampler_init_top_p(n["p"], int(n["keep"])),
    "min_p": lambda _, n: lib.llama_sampler_init_min_p(n["p"], int(n["keep"])),
    "xtc": lambda m, n: lib.llama_sampler_init_xtc(n["p"], n["threshold"], int(n["keep"]), m.seed),
    "temperature": lambda _, n: lib.llama_sampler_init_temp(n["t"]),
    "dynamic_temperature": lambda _, n: lib.llama_sampler_init_temp_ext(
        n["t"], n["delta"], n["exponent"]
    ),
}
_SELECTORS: dict[str, Callable[[_Making, dict[str, Any]], Any]] = {
    "dist": lambda m, _: lib.llama_sampler_init_dist(m.seed),
    "greedy": lambda *_: lib.llama_sampler_init_greedy(),
    "mirostat": lambda m, n: lib.llama_sampler_init_mirostat(
        m.n_vocab, m.seed, n["tau"], n["eta"], int(n["m"])
    ),
    "mirostat_v2": lambda m, n: lib.llama_sampler_init_mirostat_v2(m.seed, n["tau"], n["eta"]),
    "adaptive_p": lambda m, n: lib.llama_sampler_init_adaptive_p(n["target"], n["decay"], m.seed),
}

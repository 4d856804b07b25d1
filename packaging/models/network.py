"""A small llama: RMSNorm, rotary positions, grouped-query attention, SwiGLU."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

EPSILON = 1e-5


@dataclass(frozen=True)
class Shape:
    """The sizes of a network; every row length is a multiple of 32, as Q8_0 needs."""

    width: int
    depth: int
    heads: int
    kv_heads: int
    hidden: int
    vocabulary: int = 4096
    context: int = 1024
    rope_base: float = 10000.0

    @property
    def head_size(self) -> int:
        """Width of one attention head."""
        return self.width // self.heads


class Norm(nn.Module):
    """Root-mean-square normalisation with a gain."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:
        """Normalise the last axis."""
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + EPSILON) * self.weight


class Attention(nn.Module):
    """Causal attention with rotary positions in the half-split layout (permuted on export)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        kv_width = shape.kv_heads * shape.head_size
        self.q = nn.Linear(shape.width, shape.width, bias=False)
        self.k = nn.Linear(shape.width, kv_width, bias=False)
        self.v = nn.Linear(shape.width, kv_width, bias=False)
        self.o = nn.Linear(shape.width, shape.width, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """Attend to the positions at or before each position."""
        batch, length, width = x.shape
        q = self._heads(self.q(x), self.shape.heads)
        k = self._heads(self.k(x), self.shape.kv_heads)
        v = self._heads(self.v(x), self.shape.kv_heads)
        q, k = _rotate(q, cos, sin), _rotate(k, cos, sin)
        repeats = self.shape.heads // self.shape.kv_heads
        if repeats > 1:
            k, v = k.repeat_interleave(repeats, 1), v.repeat_interleave(repeats, 1)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.o(y.transpose(1, 2).reshape(batch, length, width))

    def _heads(self, x: Tensor, count: int) -> Tensor:
        batch, length, _ = x.shape
        return x.view(batch, length, count, self.shape.head_size).transpose(1, 2)


def _rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    first, second = x.chunk(2, -1)
    return torch.cat((first * cos - second * sin, second * cos + first * sin), -1)


class Layer(nn.Module):
    """One block: attention and a gated feed-forward part, each behind a norm."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention_norm = Norm(shape.width)
        self.attention = Attention(shape)
        self.feed_norm = Norm(shape.width)
        self.gate = nn.Linear(shape.width, shape.hidden, bias=False)
        self.up = nn.Linear(shape.width, shape.hidden, bias=False)
        self.down = nn.Linear(shape.hidden, shape.width, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """Add both parts to the residual stream."""
        x = x + self.attention(self.attention_norm(x), cos, sin)
        y = self.feed_norm(x)
        return x + self.down(F.silu(self.gate(y)) * self.up(y))


class Network(nn.Module):
    """The whole language model; the output matrix is not tied to the embedding."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.depth))
        self.norm = Norm(shape.width)
        self.head = nn.Linear(shape.width, shape.vocabulary, bias=False)
        positions = torch.arange(shape.context).float()
        half = shape.head_size // 2
        rates = shape.rope_base ** (-torch.arange(half).float() / half)
        angles = torch.outer(positions, rates)
        self.register_buffer("cos", angles.cos(), persistent=False)
        self.register_buffer("sin", angles.sin(), persistent=False)
        self._initialise()

    def _initialise(self) -> None:
        for name, weight in self.named_parameters():
            if name.endswith(("o.weight", "down.weight")):
                nn.init.zeros_(weight)
            elif name == "embedding.weight":
                nn.init.normal_(weight, std=0.7)
            elif name == "head.weight":
                nn.init.normal_(weight, std=0.005)
            elif weight.ndim == 2:
                nn.init.normal_(weight, std=0.5 * weight.shape[1] ** -0.5)

    def forward(self, tokens: Tensor) -> Tensor:
        """Logits for every position of a batch of rows."""
        return self.head(self.hidden(tokens))

    def hidden(self, tokens: Tensor) -> Tensor:
        """What the output matrix reads, for every position."""
        length = tokens.shape[1]
        cos, sin = self.cos[:length], self.sin[:length]
        x = self.embedding(tokens)
        for layer in self.layers:
            x = layer(x, cos, sin)
        return self.norm(x)

    def loss(self, tokens: Tensor, targets: Tensor) -> Tensor:
        """Mean cross-entropy in nats; targets of -1 do not count."""
        logits = self(tokens)
        total = F.cross_entropy(
            logits.flatten(0, 1), targets.flatten(), ignore_index=-1, reduction="sum"
        )
        return total / (targets >= 0).sum().clamp(min=1)

    def answer_loss(self, tokens: Tensor, targets: Tensor) -> Tensor:
        """The same; logits are made only where a target counts, which saves time where few do."""
        counts = targets >= 0
        return F.cross_entropy(self.head(self.hidden(tokens)[counts]), targets[counts])

"""One small encoder with several heads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from dateline.coder.encoder.pieces import TAGS
from training.data import IGNORED, Item, rounded

PAIR_SIZE = 192
HIDDEN, MASK = 0.12, 103
"""The share of pieces that are hidden in training, and the number of the piece that stands for them."""
SHARPNESS = 12.0
"""How much likeness of two vectors counts for a type."""


class Network(nn.Module):
    """A BERT-like encoder; tags and event words over its pieces, and a vector for a marked pair."""

    def __init__(self, encoder: Any, roots: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        size = encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(size, len(TAGS))
        self.events = nn.Linear(size, 1)
        self.pair = Pair(size * 4, roots, dropout)

    def hidden(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """Vectors of the pieces: [batch, length, size]."""
        out: Tensor = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state
        return self.dropout(out)

    def pooled(self, hidden: Tensor, mask: Tensor, spans: Tensor) -> Tensor:
        """What is read of a marked pair: the sentence's first piece, its mean, and the means of both sides."""
        position = torch.arange(hidden.shape[1])[None, :]
        parts = [hidden[:, 0], _mean(hidden, mask.to(hidden.dtype))]
        for side in (0, 1):
            inside = (position >= spans[:, side, :1]) & (position < spans[:, side, 1:])
            parts.append(_mean(hidden, inside.to(hidden.dtype)))
        return torch.cat(parts, dim=-1)


class Pair(nn.Module):
    """A marked pair's vector of length 1, and its likeness to the vector of each type.

    The types are told apart by angle alone, so that a type that was never trained can be given the mean vector of its
    examples: imprinted weights (Qi, Brown and Lowe 2018).
    """

    def __init__(self, size: int, roots: int, dropout: float) -> None:
        super().__init__()
        self.before = nn.Sequential(nn.Dropout(dropout), nn.Linear(size, PAIR_SIZE * 2), nn.GELU(), nn.Dropout(dropout))
        self.vector = nn.Linear(PAIR_SIZE * 2, PAIR_SIZE)
        self.roots = nn.Parameter(nn.init.normal_(torch.empty(roots, PAIR_SIZE)))

    def forward(self, pooled: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors [batch, PAIR_SIZE] and scores [batch, roots]."""
        vector = nn.functional.normalize(self.vector(self.before(pooled)), dim=-1)
        return vector, SHARPNESS * vector @ nn.functional.normalize(self.roots, dim=-1).T


def _mean(hidden: Tensor, weights: Tensor) -> Tensor:
    return (hidden * weights[:, :, None]).sum(1) / weights.sum(1, keepdim=True).clamp(min=1)


def padded(rows: Sequence[Sequence[int]], fill: int) -> Tensor:
    """Rows of different lengths as one tensor."""
    longest = rounded(max(len(row) for row in rows))
    return torch.tensor([[*row, *[fill] * (longest - len(row))] for row in rows])


def hide(pieces: Tensor) -> Tensor:
    """The pieces with some of them hidden, so that a word is known by its company too."""
    return torch.where(torch.rand(pieces.shape) < HIDDEN, MASK, pieces)


def losses(network: Network, batch: Sequence[Item]) -> dict[str, Tensor]:
    """The loss of each head that the batch has labels for; the items of a batch are of one kind."""
    pieces = padded([item.pieces for item in batch], 0)
    mask = padded([[1] * len(item.pieces) for item in batch], 0)
    if network.training and batch[0].tags:
        pieces = hide(pieces)
    hidden = network.hidden(pieces, mask)
    entropy = nn.functional.cross_entropy
    found: dict[str, Tensor] = {}
    if batch[0].spans is not None:
        spans = torch.tensor([item.spans for item in batch])
        allowed = torch.tensor([item.roots for item in batch])
        _, scores = network.pair(network.pooled(hidden, mask, spans))
        found["roots"] = -(scores.float().log_softmax(-1).exp() * allowed).sum(-1).clamp(min=1e-6).log().mean()
    wanted = padded([item.tags or [IGNORED] * len(item.pieces) for item in batch], IGNORED)
    if (wanted != IGNORED).any():
        found["tags"] = entropy(network.tags(hidden).float().flatten(0, 1), wanted.flatten(), ignore_index=IGNORED)
    events = padded([item.events or [IGNORED] * len(item.pieces) for item in batch], IGNORED)
    known = events != IGNORED
    if known.any():
        scores = network.events(hidden).float()[..., 0][known]
        weight = torch.tensor(3.0)  # an event that the gate misses is lost; one too many costs a parse
        found["events"] = 0.5 * nn.functional.binary_cross_entropy_with_logits(
            scores, events[known].float(), pos_weight=weight
        )
    return found

"""The network that reads a report whole, with its heads over event words and over pairs of words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from dateline.coder.encoder.reader import BUCKETS, LINKS, MODALITIES, buckets
from training.network import hide, padded
from training.reports import ReportItem

PAIR_SIZE = 160


class Reader(nn.Module):
    """A BERT-like encoder; event words and their types over its pieces, and what belongs to which event word."""

    def __init__(self, encoder: Any, roots: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        size = encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.event = nn.Linear(size, 1)
        self.types = nn.Linear(size, roots)
        self.modality = nn.Linear(size, len(MODALITIES))
        self.links = Links(size, dropout)
        self.same = Same(size, dropout)


class Links(nn.Module):
    """What a phrase is to an event word: scores [triggers, phrases, links]."""

    def __init__(self, size: int, dropout: float) -> None:
        super().__init__()
        self.trigger = nn.Linear(size, PAIR_SIZE)
        self.phrase = nn.Linear(size, PAIR_SIZE)
        self.near = nn.Embedding(BUCKETS, PAIR_SIZE)
        self.dropout = nn.Dropout(dropout)
        self.out = nn.Linear(2 * PAIR_SIZE, len(LINKS))

    def forward(self, triggers: Tensor, phrases: Tensor, buckets: Tensor) -> Tensor:
        """Vectors [triggers, size] and [phrases, size], and the distances of each pair by class."""
        one, other = self.trigger(triggers)[:, None], self.phrase(phrases)[None]
        near = self.near(buckets)
        both = torch.cat([nn.functional.gelu(one + other + near), torch.tanh(one) * torch.tanh(other + near)], dim=-1)
        found: Tensor = self.out(self.dropout(both))
        return found


class Same(nn.Module):
    """Whether two event words tell the same event: scores [triggers, triggers], the same both ways."""

    def __init__(self, size: int, dropout: float) -> None:
        super().__init__()
        self.one = nn.Linear(size, PAIR_SIZE)
        self.dropout = nn.Dropout(dropout)
        self.out = nn.Sequential(nn.Linear(2 * PAIR_SIZE, PAIR_SIZE), nn.GELU(), nn.Linear(PAIR_SIZE, 1))

    def forward(self, triggers: Tensor) -> Tensor:
        """Vectors [triggers, size]."""
        one = self.dropout(self.one(triggers))
        both = torch.cat([(one[:, None] - one[None]).abs(), one[:, None] * one[None]], dim=-1)
        found: Tensor = self.out(both)[..., 0]
        return found


def mean_of(hidden: Tensor, ranges: Sequence[tuple[int, int]]) -> Tensor:
    """The mean vector of each range of pieces."""
    return torch.stack([hidden[a:b].mean(0) for a, b in ranges])


def losses(network: Reader, batch: Sequence[ReportItem]) -> dict[str, Tensor]:
    """The loss of each head."""
    pieces = padded([item.ids for item in batch], 0)
    mask = padded([[1] * len(item.ids) for item in batch], 0)
    if network.training:
        pieces = hide(pieces)
    hidden = network.dropout(network.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state)
    width = network.types.out_features
    wanted = torch.zeros(*pieces.shape, width)
    for n, item in enumerate(batch):
        for at, kinds in enumerate(item.types):
            for kind in kinds:
                wanted[n, at, kind] = 1.0
    real = mask > 0
    isevent = (wanted.sum(-1) > 0).float()
    bce = nn.functional.binary_cross_entropy_with_logits
    event = network.event(hidden).float()[..., 0]
    types = network.types(hidden).float()
    found = {
        "event": 2.0 * bce(event[real], isevent[real], pos_weight=torch.tensor(2.0)),
        "types": 2.0 * bce(types[isevent > 0], wanted[isevent > 0]),
    }
    modality, links, same = [], [], []
    for n, item in enumerate(batch):
        if not item.triggers:
            continue
        triggers = mean_of(hidden[n], [(a, b) for a, b, _ in item.triggers])
        modality.append(nn.functional.cross_entropy(network.modality(triggers).float(), torch.tensor(item.modalities)))
        if item.phrases:
            near = torch.tensor(buckets(np.array([[p[0] - t[0] for p in item.phrases] for t in item.triggers])))
            scores = network.links(triggers, mean_of(hidden[n], item.phrases), near).float()
            labels = torch.tensor(item.linked, dtype=torch.float32)
            known = labels >= 0
            if known.any():
                links.append(bce(scores[known], labels[known], pos_weight=torch.tensor(1.5)))
        if len(item.triggers) > 1:
            number = torch.tensor([e for _, _, e in item.triggers])
            upper = torch.triu(torch.ones(len(number), len(number)), 1) > 0
            scores = network.same(triggers).float()
            same.append(
                bce(scores[upper], (number[:, None] == number[None]).float()[upper], pos_weight=torch.tensor(1.5))
            )
    for name, parts, weight in (("modality", modality, 0.3), ("links", links, 2.0), ("same", same, 1.0)):
        if parts:
            found[name] = weight * torch.stack(parts).mean()
    return found

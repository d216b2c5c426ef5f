"""Runs a plan of batches: seeded, resumable, with a log, and with the average of the weights on the way."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from training.network import losses

SEED = 17
AVERAGE = 0.997
SAVE_SECONDS = 120


def train(
    network: nn.Module,
    plan: Sequence[Sequence[Any]],
    state_file: Path | None,
    rate: float,
    head_rate: float,
    losses: Callable[[Any, Sequence[Any]], dict[str, torch.Tensor]] = losses,
) -> None:
    """Learn from the batches in order and leave the averaged weights in the network.

    State is saved every few minutes to ``state_file``; the same call goes on where a stopped one left off.
    """
    optimizer = torch.optim.AdamW(_groups(network, rate, head_rate), betas=(0.9, 0.98), fused=True)
    warm = max(1, len(plan) // 12)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / warm, max(0.0, (len(plan) - n) / (len(plan) - warm)))
    )
    average = {name: value.detach().clone() for name, value in network.named_parameters()}
    first = 0
    if state_file is not None and state_file.exists():
        state = torch.load(state_file, weights_only=True)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        average, first = state["average"], state["step"]
    log = Log(state_file.with_suffix(".log.jsonl")) if state_file else None
    network.train()
    saved = time.monotonic()
    for step in range(first, len(plan)):
        torch.manual_seed(SEED + step)
        with torch.autocast("cpu", torch.bfloat16):
            parts = losses(network, plan[step])
        torch.stack(list(parts.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad(set_to_none=True)
        decay = min(AVERAGE, (1 + step) / (10 + step))
        with torch.no_grad():
            for name, value in network.named_parameters():
                average[name].lerp_(value, 1 - decay)
        if log:
            log.add(step, len(plan), parts)
        if state_file and (time.monotonic() - saved > SAVE_SECONDS or step == len(plan) - 1):
            state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "average": average}
            save({**state, "schedule": schedule.state_dict(), "step": step + 1}, state_file)
            saved = time.monotonic()
    network.load_state_dict(average, strict=False)
    network.eval()


def restore(network: nn.Module, state_file: Path) -> None:
    """Put the averaged weights of a training that ended, or was stopped, into a network."""
    state = torch.load(state_file, weights_only=True)
    network.load_state_dict(state["network"])
    network.load_state_dict(state["average"], strict=False)


class Log:
    """Running means of the losses, one JSON object every so many steps."""

    def __init__(self, path: Path, every: int = 25) -> None:
        self.path, self.every = path, every
        self.began = time.monotonic()
        self.means: dict[str, float] = {}

    def add(self, step: int, of: int, parts: dict[str, torch.Tensor]) -> None:
        """Take in the losses of a step."""
        for name, value in parts.items():
            self.means[name] = 0.95 * self.means.get(name, value.item()) + 0.05 * value.item()
        if step % self.every == 0:
            row = {"step": step, "of": of, "seconds": round(time.monotonic() - self.began)}
            with self.path.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(row | {k: round(v, 4) for k, v in self.means.items()}) + "\n")


def save(state: Any, path: Path) -> None:
    """Write a file that appears only when it is whole."""
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(path)


def _groups(network: nn.Module, rate: float, head_rate: float) -> list[dict[str, Any]]:
    """The encoder learns slowly, the new heads fast; biases and norms do not decay."""
    return [
        {
            "params": [parameter],
            "lr": rate if name.startswith("encoder.") else head_rate,
            "weight_decay": 0.0 if parameter.ndim < 2 else 0.01,
        }
        for name, parameter in network.named_parameters()
    ]

"""How batches run."""

from dateline.engine.local import run

__all__ = ["run"]

"""How batches run, and who codes them."""

from dateline.engine.coder import Coder, coders
from dateline.engine.local import run

__all__ = ["Coder", "coders", "run"]

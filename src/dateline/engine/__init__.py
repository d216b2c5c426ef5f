"""How batches run, and who codes them."""

from dateline.engine.coder import Coder, coders
from dateline.engine.jobs import run_jobs
from dateline.engine.local import run

__all__ = ["Coder", "coders", "run", "run_jobs"]

"""A corrected sheet taken back into its project as a person's coding: what was changed, and who changed it when."""

from dateline.corrections.apply import Outcome, apply
from dateline.errors import CorrectionError

__all__ = ["CorrectionError", "Outcome", "apply"]

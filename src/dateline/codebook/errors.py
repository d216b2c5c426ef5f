"""The errors of codebooks."""

from dateline.errors import CodebookError, Problem, did_you_mean

__all__ = ["CodebookError", "Problem", "did_you_mean"]

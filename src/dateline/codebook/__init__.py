"""Codebooks: what may be coded, as data that people can read, edit and check."""

from dateline.codebook.load import builtin_codebooks, load_codebook
from dateline.codebook.reading.validate import warnings
from dateline.errors import CodebookError, Problem

__all__ = ["CodebookError", "Problem", "builtin_codebooks", "load_codebook", "warnings"]

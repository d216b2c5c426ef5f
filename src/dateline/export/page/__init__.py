"""The page: one self-contained HTML file of coded reports that opens offline and needs no script to be read."""

from dateline.export.page.build import write

__all__ = ["write"]

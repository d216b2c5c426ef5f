"""What a project keeps: evidence, reports, codings, mentions, events, links, decisions.

Only this part touches a database.
"""

from dateline.errors import StoreError
from dateline.store.project import Project

__all__ = ["Project", "StoreError"]

"""The tables of a project as data: mentions, events, reports and links, with columns of real types.

The columns stand in ``data/table_columns.tsv``. :func:`schema` gives the Arrow schema of a table, :func:`batches` the
rows that a :class:`Reading` of a project gives, in record batches::

    with Project.open("strikes") as project:
        reading = Reading(project, Selection(Query(country=("FR",))))
        for batch in batches(reading, "events"):
            ...
"""

from dateline.export.tables.arrow import batches, schema
from dateline.export.tables.columns import TABLES, TableName, columns_of
from dateline.export.tables.reading import Reading
from dateline.export.tables.selection import Selection

__all__ = ["TABLES", "Reading", "Selection", "TableName", "batches", "columns_of", "schema"]

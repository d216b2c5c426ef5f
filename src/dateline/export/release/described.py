"""A release described for programs: as a data package of Frictionless Data, and in Croissant.

Sources: the Data Package and Table Schema specifications (specs.frictionlessdata.io), and the Croissant format
specification 1.0 of MLCommons, whose context stands in ``data/croissant_context.json``.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from dateline.export.formats.columns import read_facts
from dateline.export.release.folder import csv_path, parquet_path, sha256_of
from dateline.export.release.model import BESIDE, Beside, Citation, release_columns
from dateline.export.tables.columns import TABLES, TableColumn, TableName

CONFORMS_TO = "http://mlcommons.org/croissant/1.0"


def data_package(citation: Citation, description: str, folder: Path) -> dict[str, Any]:
    """``datapackage.json``: every CSV file with the schema of its table, every Parquet file, each with its hash."""
    tables: tuple[TableName | Beside, ...] = (*TABLES, *BESIDE)
    resources = [_table_resource(table, folder) for table in tables]
    for table in TABLES:
        path = parquet_path(table)
        resources.append(
            {
                "name": f"{table}-parquet",
                "type": "file",
                "path": path,
                "format": "parquet",
                "mediatype": "application/vnd.apache.parquet",
                **_bytes_of(folder / path),
            }
        )
    made: dict[str, Any] = {
        "profile": "data-package",
        "name": citation.slug,
        "title": f"{citation.title}, {citation.name}",
        "version": citation.name,
        "created": f"{citation.date}T00:00:00Z",
        "description": description,
    }
    if citation.url:
        made["homepage"] = citation.url
    if citation.licence:
        made["licenses"] = [{"name": citation.licence}]
    if citation.authors:
        made["contributors"] = [{"title": author, "role": "author"} for author in citation.authors]
    return made | {"resources": resources}


def _table_resource(table: TableName | Beside, folder: Path) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [
            {"name": column.name, "type": _kinds()[column.kind]["frictionless"], "description": column.holds}
            for column in release_columns(table)
        ],
        "missingValues": [""],
    }
    own = {row["of"]: row["column"] for row in read_facts("release_keys.tsv") if row["of"] == row["table"]}
    if table in own:
        schema["primaryKey"] = [own[table]]
    leads = [
        {"fields": [row["column"]], "reference": {"resource": row["of"], "fields": [own[row["of"]]]}}
        for row in read_facts("release_keys.tsv")
        if row["table"] == table != row["of"]
    ]
    if leads:
        schema["foreignKeys"] = leads
    path = csv_path(table)
    return {
        "name": table,
        "type": "table",
        "path": path,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_bytes_of(folder / path),
        "schema": schema,
    }


@cache
def _kinds() -> dict[str, dict[str, str]]:
    """What kinds of columns are called in Frictionless, and in Croissant, which has nothing for things with parts."""
    return {row["kind"]: row for row in read_facts("release_kinds.tsv")}


def _bytes_of(path: Path) -> dict[str, Any]:
    return {"hash": f"sha256:{sha256_of(path)}", "bytes": path.stat().st_size}


def croissant(citation: Citation, description: str, folder: Path) -> dict[str, Any]:
    """``croissant.json``: every file, and the records of every Parquet table, without lists of things with parts."""
    context = json.loads((files("dateline.data") / "croissant_context.json").read_text(encoding="utf-8"))
    made: dict[str, Any] = {
        "@context": context,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": citation.slug,
        "description": description,
        "version": citation.name,
        "datePublished": citation.date,
        "citeAs": cite_as(citation),
    }
    if citation.url:
        made["url"] = citation.url
    if citation.licence:
        made["license"] = citation.licence
    if citation.authors:
        made["creator"] = [
            {"@type": "sc:Person" if ", " in author else "sc:Organization", "name": author}
            for author in citation.authors
        ]
    # By this name readers of Croissant know Parquet.
    parquet = [(parquet_path(table), "application/x-parquet") for table in TABLES]
    sheets = [(csv_path(table), "text/csv") for table in (*TABLES, *BESIDE)]
    made["distribution"] = [
        {
            "@type": "cr:FileObject",
            "@id": path,
            "name": path,
            "contentUrl": path,
            "contentSize": f"{(folder / path).stat().st_size} B",
            "encodingFormat": form,
            "sha256": sha256_of(folder / path),
        }
        for path, form in (*parquet, *sheets)
    ]
    made["recordSet"] = [
        {
            "@type": "cr:RecordSet",
            "@id": table,
            "name": table,
            "field": [_field(table, column) for column in release_columns(table) if _kinds()[column.kind]["croissant"]],
        }
        for table in TABLES
    ]
    return made


def _field(table: TableName, column: TableColumn) -> dict[str, Any]:
    made: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": column.name,
        "description": column.holds,
        "dataType": _kinds()[column.kind]["croissant"],
        "source": {"fileObject": {"@id": parquet_path(table)}, "extract": {"column": column.name}},
    }
    return made | ({"repeated": True} if column.is_list else {})


def cite_as(citation: Citation) -> str:
    """The citation in a line: authors, year, title, version, address."""
    by = "; ".join(citation.authors) or citation.title
    where = f" {citation.url}" if citation.url else ""
    return f"{by} ({citation.date[:4]}): {citation.title}. Version {citation.name}.{where}"

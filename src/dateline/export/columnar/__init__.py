"""Tables of real types for programs: Parquet, a DuckDB file, rows as JSON Lines."""

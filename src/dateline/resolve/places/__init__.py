"""Names in a report to places of the gazetteer."""

"""Many reports, one event: which mentions tell of the same event, and what their values are together."""

"""Records of reports: which key or column gives which field, and tables with a report a row."""

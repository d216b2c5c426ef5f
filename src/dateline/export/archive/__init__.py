"""Evidence in the forms of web archives: WARC (ISO 28500) and WACZ 1.1.1, for other tools to read and replay."""

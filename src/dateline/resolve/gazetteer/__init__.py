"""Where places lie: built once from packaged tables, looked up by name."""

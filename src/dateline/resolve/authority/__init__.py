"""Lists of actors under neutral names."""

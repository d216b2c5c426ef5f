"""Parsing in a process of its own, bounded in memory and time: a hostile file costs only itself."""

"""Words to referents: places and dates."""

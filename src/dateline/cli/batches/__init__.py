"""The verbs of much to code: shards and where they are coded."""

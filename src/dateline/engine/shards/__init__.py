"""Much to code, cut into shards: a manifest lists them, and each is coded by itself, once, wherever that is."""

"""The network that proposes: its input, its graphs, what it read."""

"""How a team works: reports are dealt out, differences settled, and what coders agree on is measured."""

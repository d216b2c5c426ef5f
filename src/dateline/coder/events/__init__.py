"""Event mentions: what happened, who did it to whom."""

"""Sources that a project watches: what is known of each, what was seen in them, and the verb that polls them."""

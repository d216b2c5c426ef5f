"""Files that name reports by their addresses: feeds, lists of feeds, sitemaps; and how a source of them is polled."""

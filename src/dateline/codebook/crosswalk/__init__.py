"""From a coded event to the codes of other schemes, and how exact its place and date are on their scales."""

"""Reports that are named by their addresses, and what these lead to."""

"""What is shown of many rows at once: filters, the map, the time line, and what is published of a view."""

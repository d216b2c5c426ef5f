"""What a reviewer reads: the report with its rows, the queue, and codings side by side."""

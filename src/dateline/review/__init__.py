"""The workspace: people decide what holds, in a browser, with the evidence before their eyes, and leave a record."""

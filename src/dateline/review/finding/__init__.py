"""What the pages show where one looks for something: the columns of the table, passages with the words, sources."""

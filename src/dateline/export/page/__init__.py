"""The page: one self-contained HTML file of coded reports that opens offline and needs no script to be read."""

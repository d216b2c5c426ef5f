"""Documents to reports: PDF and DOCX, taken apart in the bounded process, and laid out as the text of a report."""

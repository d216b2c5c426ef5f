"""A report as letters: quotation marks, sentences, capitals."""

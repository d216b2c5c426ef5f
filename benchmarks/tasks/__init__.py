"""One module a task: which of a record's fields are inputs, and how dateline's coding of them is a prediction.

A module has ``INPUTS`` (a mapping of the input's keys; a nested mapping keeps only those keys of each item of a list)
and ``predict(records, tools)``, which yields one prediction a record, in order. Predictions never see other fields.
"""

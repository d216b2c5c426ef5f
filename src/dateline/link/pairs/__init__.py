"""Which mentions may tell of one event: candidates, their features, how sure, and the groups that follow."""

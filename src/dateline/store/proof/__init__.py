"""What proves a piece of evidence: how it was retrieved, and who saw its hash when."""

"""The verbs of people at work: the workspace, accounts, calibration."""

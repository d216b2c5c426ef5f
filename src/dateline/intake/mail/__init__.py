"""Mails and mailboxes to reports: a mail is one report, and so is each document and each mail that lies in it."""

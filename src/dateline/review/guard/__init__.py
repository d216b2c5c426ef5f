"""Who may come in, and what a page may do: accounts, sessions, the policy of every answer."""

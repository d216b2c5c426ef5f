"""``python -m dateline`` is the command ``dateline``."""

from dateline.cli.app import main

if __name__ == "__main__":
    main()

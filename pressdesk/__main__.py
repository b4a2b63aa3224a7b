"""``python -m pressdesk``: starts the shell."""

from pressdesk.cli import main

if __name__ == "__main__":
    main()

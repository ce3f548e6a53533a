"""`python -m skill` is the command `nightfeed`."""

from skill.cli import main

if __name__ == "__main__":
    main()

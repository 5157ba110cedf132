"""``python -m lumbung``: the command line of the program."""

from lumbung.project.command_line import main

if __name__ == "__main__":
    main()

"""`python -m mscos`."""

from mscos.cli import main

if __name__ == "__main__":
    main()

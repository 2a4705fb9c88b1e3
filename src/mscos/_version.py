"""The version of the package: the first of the three clocks."""

__version__ = "0.1.0"

"""presscheck: the net under a Hugo site. See `presscheck --help`."""

__version__ = "0.1.0"

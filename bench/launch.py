"""Runs a program and writes into a file how long it took, the memory at its peak, and its status.

    python -I -S bench/launch.py FILE PROGRAM ARGUMENT…

A process of its own, and a small one: Linux counts what the parent holds when a program starts as the program's.
"""

import os
import sys
import time


def main(result: str, command: list[str]) -> None:
    """Write seconds, `ru_maxrss` and exit status; negative for the signal that ended the program."""
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    with open(result, "w", encoding="ascii") as file:  # noqa: PTH123 - pathlib would make this process larger
        file.write(f"{seconds} {usage.ru_maxrss} {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])

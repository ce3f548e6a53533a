"""What the system tells of cores and processor time, which others disturb less than the clock."""

import os
import sys

ON_LINUX = sys.platform == "linux"
"""Memory and processor time are read from /proc, and cores are given out."""


def cores() -> list[int]:
    """Those that this process may use; none where they are not given out."""
    return sorted(os.sched_getaffinity(0)) if ON_LINUX else []


def seconds_of_children() -> float:
    """For which processes that this one started, and that have ended, kept a processor busy."""
    if sys.platform == "win32":
        return 0.0
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime

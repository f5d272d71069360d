"""Run one program without network and within limits: ``office_box.py PROGRAM [ARG…]``.

``office.py`` starts it apart from Odoo, by Python alone: nothing is imported from here.
"""

import contextlib
import ctypes
import os
import resource
import sys
from pathlib import Path

#: What no document of a meeting needs: bytes of memory, seconds of processor, bytes of a file.
LIMITS = {
    resource.RLIMIT_AS: 3_000_000_000,
    resource.RLIMIT_CPU: 120,
    resource.RLIMIT_FSIZE: 400_000_000,
    resource.RLIMIT_CORE: 0,
}
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000


def set_limits():
    """Bound memory, time and files; a lower bound of the machine stays."""
    for kind, wanted in LIMITS.items():
        hard = resource.getrlimit(kind)[1]
        bound = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (bound, bound))


def leave_network():
    """Take the network away where the kernel lets an ordinary user do so.

    Where it does not (some containers), the settings of the office suite alone keep it
    from fetching anything.
    """
    maps = {
        "setgroups": "deny",
        "uid_map": f"{os.getuid()} {os.getuid()} 1",
        "gid_map": f"{os.getgid()} {os.getgid()} 1",
    }
    with contextlib.suppress(OSError, AttributeError):
        if ctypes.CDLL(None).unshare(NEW_USER | NEW_NETWORK) == 0:
            for name, text in maps.items():
                Path("/proc/self", name).write_text(text)


if __name__ == "__main__":
    set_limits()
    leave_network()
    os.execvp(sys.argv[1], sys.argv[1:])

"""Open Odoo's door with a long queue, then become the command (socket activation).

    python3 door.py 0.0.0.0:8069 odoo --config=/etc/odoo/odoo.conf

Odoo lets eight visitors wait for each of its processes; beyond, the kernel makes them
ask again after seconds, or cuts them off. The morning a calendar opens, hundreds come at
once. With systemd, `mairie.socket` does the same.
"""

import os
import socket
import sys

QUEUE = 1024  # as Backlog of mairie.socket; the kernel's own limit is 4,096
FIRST = 3  # the number by which systemd's protocol hands the first socket over


def main(address, *command):
    host, _colon, port = address.rpartition(":")
    door = socket.create_server((host, int(port)), backlog=QUEUE)
    # All processes look whether somebody is there; only one of them finds him.
    door.setblocking(False)
    os.dup2(door.fileno(), FIRST)
    os.set_inheritable(FIRST, True)
    os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])

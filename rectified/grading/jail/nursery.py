"""Forks one worker for each submission: Python and NumPy are started once, and copied.

Runs inside bubblewrap and listens on a socket to the grader. Each message carries one end of a new
connection; the answer carries a file descriptor that stands for the worker that serves it, by
which the grader can end it. The worker is the first process of a new process namespace, so that
whatever it started ends with it. No student's code ever runs in this process.
"""

import gc
import json
import os
import socket
import sys
from importlib import import_module

from . import lockdown, worker


def main(control: int, preload: list[str]) -> None:
    """Import the modules in `preload`, then serve the grader at descriptor `control`."""
    for name in preload:
        try:
            import_module(name)
        except ImportError:
            continue
    gc.freeze()  # else the collector of each worker would copy the memory that all share
    with socket.socket(fileno=control) as grader:
        grader.send(b"ready")
        while True:
            message, received, _, _ = socket.recv_fds(grader, 4096, 1)
            if not message:
                return
            child = os.fork()
            if child == 0:
                _raise_one(grader, json.loads(message), received[0])
            os.close(received[0])
            os.waitpid(child, 0)


def _raise_one(grader: socket.socket, limits: dict, connection: int) -> None:
    """Become a worker at `connection`, or say why that failed. Never returns."""
    try:
        lockdown.enter_namespaces()
        ready, tell = os.pipe()
        child = os.fork()
        if child:
            os.close(tell)
            trouble = os.read(ready, 4096)
            if trouble:
                grader.send(trouble)
            else:
                socket.send_fds(grader, [b"born"], [os.pidfd_open(child)])
            os._exit(0)
        try:
            grader.close()
            os.close(ready)
            silence = os.open(os.devnull, os.O_RDWR)
            for standard in (0, 1, 2):
                os.dup2(silence, standard)
            os.close(silence)
            lockdown.lock(limits)
        except BaseException as error:
            os.write(tell, str(error).encode())
            os._exit(1)
        os.close(tell)
    except BaseException as error:
        grader.send(str(error).encode())
        os._exit(1)
    worker.serve(connection)
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])

"""Ends this process when the one that started it is gone: kill -9 of the Hub leaves no orphan.

Signals and process groups cannot do it (the Hub gives each server a session of its own), and a
parent-death signal is Linux alone; a process with a new parent is an orphan on macOS as well.
`leash.cjs` is the same for Node.
"""

import os
import signal
import threading
import time

POLL_S = 0.5
HOLDER = "PETRI_LEASH_PID"


def hold() -> None:
    """Let the leashed processes that this one starts end with it."""
    os.environ[HOLDER] = str(os.getpid())


def tie() -> None:
    """End with the process that holds the leash; then hold it for our own children."""
    holder = int(os.environ[HOLDER])
    threading.Thread(target=_watch, args=(holder,), daemon=True).start()
    hold()


def _watch(holder: int) -> None:
    while os.getppid() == holder:
        time.sleep(POLL_S)
    os.kill(os.getpid(), signal.SIGKILL)

"""One build at a time into a folder.

The folder that is to be replaced is locked. The system unlocks it when the
last process that holds the lock has ended, however it ends, and no file is
left behind. Windows cannot lock a folder, so there nobody is kept out.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

if sys.platform != "win32":
    import fcntl

TAKEN = "another build is at work in this folder: start this one when it has ended (one that was killed may take some seconds more)"


class Taken(Exception):  # noqa: N818  (it is no error of the program)
    """Another build is at work."""

    def __init__(self) -> None:
        super().__init__(TAKEN)


@dataclass(frozen=True)
class Claim:
    """Keeps other builds out, also while a process runs that has inherited ``descriptor``."""

    target: Path
    descriptor: int | None
    made: bool
    """Whether there was no such folder before."""

    def release(self) -> None:
        """Let other builds in. A folder that was made only to be locked is removed."""
        if self.made:
            with suppress(OSError):  # it is not empty any more: the new site has taken its place
                self.target.rmdir()
        if self.descriptor is not None:
            os.close(self.descriptor)


def claim(target: Path) -> Claim:
    """Keep other builds from replacing ``target``, a folder or a file, which is made if it is missing.

    Raises :class:`Taken` if another build has claimed it, and ``OSError`` if
    it cannot be made or read.
    """
    if sys.platform == "win32":
        return Claim(target, None, made=False)
    made = False
    while True:
        if not target.exists():
            target.mkdir(parents=True, exist_ok=True)
            made = True
        descriptor = os.open(target, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise Taken from None
        if target.exists() and os.path.samestat(os.fstat(descriptor), target.stat()):
            os.set_inheritable(descriptor, True)
            return Claim(target, descriptor, made)
        os.close(descriptor)  # a build that has just ended has put another folder in its place

"""Let two folders change places in one step, which Python's own library cannot ask for.

Two renamings, one after the other, leave a moment in which there is no
published folder at all. A build that is killed just then would take the site
away. Linux has a call for both at once: ``renameat2`` with
``RENAME_EXCHANGE`` (https://man7.org/linux/man-pages/man2/rename.2.html).
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

AT_FDCWD, RENAME_EXCHANGE = -100, 2


def exchange(one: Path, other: Path) -> bool:
    """Whether ``one`` and ``other`` have changed places. If not, nothing has been changed.

    That is so where one of them is missing, and on systems and disks that
    cannot do it.
    """
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    return rename is not None and rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0

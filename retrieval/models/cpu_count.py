"""How many processors there are for this process, which in a container are fewer than the machine has."""

from __future__ import annotations

import math
import os
from contextlib import suppress
from functools import cache
from pathlib import Path

# Where Linux keeps its control groups, and says which ones this process is in.
CGROUPS, OWN_CGROUPS = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")
# Below CGROUPS, where version 1 keeps those that ration processors; version 2 has but one kind of group.
CPU = "cpu"


@cache
def count_processors() -> int:
    """How many processors this process may keep busy: those it is bound to, and no more than its container's share.

    They are counted once: threads are made for so many, and every answer asks.
    """
    bound = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    shares = [_share(group) for group in _groups()]
    return max(1, min([bound, *(math.ceil(share) for share in shares if share is not None)]))


def _groups() -> set[Path]:
    """The folders of the control groups that this process is in, and of those around them: each may set a limit.

    A container often sees its own group as the outermost one, under whatever name the machine has for it.
    """
    groups = {CGROUPS, CGROUPS / CPU}
    with suppress(OSError, ValueError):
        for line in OWN_CGROUPS.read_text("utf-8", "surrogateescape").splitlines():
            _, controllers, path = line.split(":", 2)
            if not controllers or CPU in controllers.split(","):
                outermost = CGROUPS / CPU if controllers else CGROUPS
                own = outermost / path.lstrip("/")
                groups.update(group for group in (own, *own.parents) if group.is_relative_to(outermost))
    return groups


def _share(group: Path) -> float | None:
    """How many processors' time a group may use, a quota in each period; None where it sets no limit."""
    with suppress(OSError, ValueError, ZeroDivisionError):
        if (group / "cpu.max").exists():  # version 2; without a limit the quota is "max"
            quota, period = (group / "cpu.max").read_text("ascii").split()
        else:  # version 1; without a limit the quota is -1
            quota, period = ((group / f"cpu.cfs_{name}_us").read_text("ascii") for name in ("quota", "period"))
        return int(quota) / int(period) if int(quota) > 0 else None
    return None

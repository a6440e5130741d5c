"""The smallest value of a smooth function of a few numbers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# Numbers -> the value there, its slope, and its curvature, or one that is as large at least.
Function = Callable[[Floats], tuple[float, Floats, Floats]]

MOST_STEPS = 200
# How much a step must promise to be worth it, and what part of the promise it must hold.
LEAST_PROMISE, HELD = 1e-9, 0.25


def minimise(function: Function, start: Floats) -> Floats:
    """Newton's method with steps that are halved until they lead down.

    Source of the method: Boyd and Vandenberghe, Convex Optimization (2004), section 9.5.2.

    Args:
        function: What to minimise; its curvature must be positive definite.
        start: Where to begin.
    """
    place, (value, slope, curvature) = start, function(start)
    for _ in range(MOST_STEPS):
        step = np.linalg.solve(curvature, slope)
        promised = float(slope @ step)
        length = 1.0
        while promised * length > LEAST_PROMISE:
            tried = function(place - length * step)
            if tried[0] <= value - HELD * length * promised:
                break
            length /= 2
        else:
            break
        place, (value, slope, curvature) = place - length * step, tried
    return place

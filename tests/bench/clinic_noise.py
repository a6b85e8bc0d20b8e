"""How often the primary driver of the worked cases holds when every angle is measured anew with the noise of its method.

    python -m tests.bench.clinic_noise            # 400 draws a case

Noise is normal, with the standard error that belongs to the smallest detectable difference (SDD = 1.96 · √2 · error).
"""

from __future__ import annotations

import math
import sys
from dataclasses import replace
from typing import Any

import numpy as np

from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.reasoning import reason
from tests.clinic.made import assessment_of, key, vignettes

ERRORS_PER_SDD = 1.96 * math.sqrt(2.0)


def holds(case: dict[str, Any], *, draws: int, seed: int = 8) -> float:
    """The share of draws in which exactly the expected primaries are named."""
    known, random = default_knowledge(), np.random.default_rng(seed)
    true, wanted = assessment_of(case), {key(one) for one in case["expected"]["primary"]}
    kept = 0
    for _ in range(draws):
        noisy = []
        for one in true.measured:
            least = known.measure[one.measure].smallest_detectable
            if least is not None and not isinstance(one.value, str):
                one = replace(one, value=float(one.value) + random.normal(0.0, least / ERRORS_PER_SDD))
            noisy.append(one)
        kept += {d.node.key for d in reason(replace(true, measured=tuple(noisy)), known).primary} == wanted
    return kept / draws


if __name__ == "__main__":
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    for name, case in vignettes().items():
        print(f"{holds(case, draws=n):6.1%}  {name}")

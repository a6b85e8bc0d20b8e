"""What a process that reads files loads before its first one; importing this module loads it.

On Linux one process loads it all once, and every reader is a copy of that one: readers begin within a tenth of a
second, and share the memory of what they have loaded.
"""

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before numpy: processes share the processors here, more threads only slow them

import pandas as pd
import tzfpy

from loadmon.tissue.coefficients import default_coefficients

# names of columns are looked up by the thousand: as Python's own strings that takes a tenth off each file
pd.options.mode.string_storage = "python"
default_coefficients()
tzfpy.get_tz(0.0, 0.0)  # its map of the world is unpacked at the first question

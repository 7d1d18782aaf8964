"""Makes a site of the corpus for each peer: as plain as the minimal templates of the yardstick."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.bed import Bed

type_of_prepare = None

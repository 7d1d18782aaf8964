"""`python -m presscheck`."""

import sys

from presscheck.cli import main

sys.exit(main())

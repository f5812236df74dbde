"""``python -m terreau``: the same as the ``terreau`` command."""

import sys

from terreau.cli import main

sys.exit(main())

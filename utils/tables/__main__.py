"""`python -m utils.tables`: check all tables, or those of another folder."""

import sys

from utils.tables import main

sys.exit(main())

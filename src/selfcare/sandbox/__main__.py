"""Runs the demo operator on its own: python -m selfcare.sandbox."""

from __future__ import annotations

import sys

from .serve import main

if __name__ == "__main__":
    sys.exit(main())

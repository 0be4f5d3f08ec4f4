"""Runs the demo operator on its own: python -m selfcare.sandbox."""

from __future__ import annotations

import sys

from .serve import read_options, serve

if __name__ == "__main__":
    sys.exit(serve(read_options().parse_args()))

"""Which way of asking fits: a few questions that lead to a method, and what each method gives and costs."""

from __future__ import annotations

from pathlib import Path as File

FILE = File(__file__).parent / "methods.yaml"

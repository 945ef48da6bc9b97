"""The benchmark: `python -m bench` runs everything, `python -m bench submit` one section.

Prints one line a figure (`name value unit`) and keeps them in `var/bench.json`. Absolute figures belong to
the machine they were measured on; compare ratios of the same run.
"""

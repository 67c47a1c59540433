"""Every night everything runs on every engine, and in the morning there is nothing to read, or what is to be repaired.

run (pytest), merge and junit (several runs as one), compare and unjudged (this night's evidence against the night
before) -> findings -> saved (night.json), markdown (for people). `python -m harness.night` runs a night.
"""

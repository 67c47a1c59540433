"""Every night everything runs on every engine, and in the morning there is nothing to read, or what is to be repaired.

run (pytest), merge and junit (several runs as one), compare and unjudged (this night's evidence against the night
before), history (against all before that) -> findings -> saved (night.json), markdown (for people), causes, flood and
issues (what is posted). `python -m harness.night` runs a night.
"""

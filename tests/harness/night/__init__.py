"""Every night everything runs on every engine, and in the morning there is nothing to read, or what is to be repaired.

compare (this night's evidence against the night before), markdown (for people), merge (several runs' evidence as one);
`python -m harness.night` runs a night.
"""

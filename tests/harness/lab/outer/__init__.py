"""The outer engine, on which labs run, and what the harness does on it.

engine (finds one, or starts a private one), client (a client of it, and what it allows), tunnel (one behind ssh),
dockerd and bridge (a private one), bootstrap and images (what labs and the mirror are made of), runs (what a run owns
there, and its removal), locks (what is made by one run at a time), cache (the folder of what outlives a run), faults
(the one error of all this).
"""

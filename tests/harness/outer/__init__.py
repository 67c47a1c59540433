"""What engine, mirror and labs do on the outer engine; each part imports only what comes before it here.

leftovers (whose is what, and its removal), reach (a client, and what the engine allows), bridge, tunnel, dockerd (ways
to an engine), bootstrap, images (what labs and the mirror are made of).
"""

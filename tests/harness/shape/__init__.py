"""The parts of harness.shapes, from single tokens up to whole outputs: each imports only what comes before it here.

names, kinds, bindings, tables, lines, then what puts lines in an order that does not depend on the run: builds, ties,
overlaps, streams, order.
"""

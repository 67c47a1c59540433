"""The parts of harness.shapes, from single tokens up to whole outputs: each imports only what comes before it here.

names, kinds, words, bindings, tables, ports, lines, differences, then what puts lines in an order that does not
depend on the run: forms, builds, maps, ties, races, overlaps, events, turns, logs, order.
"""

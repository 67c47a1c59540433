"""The terminal that a shell in a lab stands on."""

COLUMNS, ROWS = 200, 50

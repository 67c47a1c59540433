"""PART: compares what head or tail has left of an output whose blocks come in either order.

Non-authoritative answer:       nslookup relay | tail -4: two questions go out at once, for IPv4 and for IPv6, and
Name:   relay                   the answer to either may come first
Address: 10.89.1.50

Address: 10.89.1.50
                                Both are parts of one whole: what only one of them shows doesn't count.
Non-authoritative answer:
"""

from collections.abc import Sequence

from harness.shapes.lines import Line, each_once
from harness.shapes.policies import Dialect


def arrange(row: Dialect, shown: Sequence[Line], printed: Sequence[Line], left: slice) -> tuple[list[Line], list[Line]]:
    """What both parts show. Outputs that can't be what is `left` of one whole are left as they are."""
    ours, theirs = ("".join(map(row.value, side)) for side in (shown, printed))
    parts = ({whole[left].strip(" ") for whole in either} for either in row.wholes)
    if ours == theirs or not any({ours, theirs} <= found for found in parts):
        return list(shown), list(printed)
    told = {*ours} & {*theirs}
    common, also = (each_once([line for line in side if row.value(line) in told]) for side in (shown, printed))
    return common, also

"""busybox wget -O -: how far it has come goes to standard error, beside the page itself on standard output."""

from harness.shapes.policies import Dialect, Policy

_DONE = "-                    100% |********************************|   121  0:00:00 ETA\nwritten to stdout\n"
_PAGE = "<html>\n<body>\n</html>\n"

ROWS = (
    Dialect(
        name="progress",
        lines=r"\S{1,100} +\d{1,3}% \|\*{1,40} *\| +\S{1,10} +\d{1,2}:\d\d:\d\d ETA|written to stdout",
        policy=Policy.LAST,
        seen=((f"{_DONE}{_PAGE}", f"{_PAGE}{_DONE}"),),
        damaged=(("written to stdout\n", ""), ("<body>\n</html>", "</html>\n<body>"), ("ETA", "ATE")),
        typed="docker run --rm busybox wget -O - http://api",
    ),
)

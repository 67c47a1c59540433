"""Numbers that a command asks for, which nobody knows before: asked.py says where its lines have them."""

from harness.shapes.policies import Row

ROWS = (
    Row(
        name="numbers that are asked for",
        seen=(("762 2026-11-24T11:30:11.956258599Z", "7611 2026-11-24T11:31:33.752620429Z"),),
        damaged=((" 2026", " x 2026"), ("7611", "none")),
        typed="docker inspect -f '{{.State.Pid}} {{.State.StartedAt}}' redis",
    ),
    Row(
        name="a job and its process",
        seen=(("[1] 4242", "[1] 977"),),
        damaged=(("[1]", "[2]"), ("977", "done")),
        typed="sleep 300 &",
    ),
    Row(
        name="octets that are asked for",
        seen=((" ec 21 e9 0d 40 69 13 10", " 9f 1d d4 59 69 5d 4d e6"),),
        damaged=((" 9f", " x9f"), ("4d e6", "4d g6")),
        typed="docker run --rm debian sh -c 'head -c 8 /dev/urandom | od -An -tx1'",
    ),
)

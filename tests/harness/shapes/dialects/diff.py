"""docker diff"""

from harness.shapes.policies import Dialect, Policy, by_folders

ROWS = (
    Dialect(
        name="changed paths",
        lines=r"[ACD] /.*",
        policy=Policy.SET,
        reduce=by_folders(lambda line: line[2:]),
        seen=(
            ("A /b\nC /etc\nD /etc/issue\nA /a", "A /a\nC /etc\nD /etc/issue\nA /b"),
            ("C /tmp\nA /tmp/one\nA /tmp/other", "C /tmp\nA /tmp/other\nA /tmp/one"),
        ),
        damaged=(("A /a", "A /c"), ("A /a\n", ""), ("C /etc\nD /etc/issue", "D /etc/issue\nC /etc")),
        typed="docker diff dd",
    ),
)

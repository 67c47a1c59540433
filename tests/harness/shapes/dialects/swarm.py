"""docker service logs: on which node a task runs."""

import re

from harness.shapes.policies import Rewrite
from harness.shapes.policies.typed import Typed

_NODE = re.compile(r"(?<=[0-9a-z]{12}@)[0-9A-Za-z][-.0-9A-Za-z]{0,62}(?= +\| )")
_LINE = "web.1.{}@{}    | {}"
_TASK, _OTHER = "x7c3v0b9n8m1q2w3e4r5t6y7u", "q7c3v0b9n8m1q2w3e4r5t6y7u"

ROWS = (
    Rewrite(
        name="the node that a task runs on",
        sign="@",
        write=lambda text: _NODE.sub("node", text),
        command=Typed("docker service logs"),
        seen=((_LINE.format(_TASK, "lab", "ready"), _LINE.format(_OTHER, "my-laptop", "ready")),),
        damaged=(("ready", "panic"), ("web.1", "web.2"), ("@my-laptop", "")),
        typed="docker service logs web",
    ),
)

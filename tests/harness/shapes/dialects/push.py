"""docker push, and requests to a registry that fail"""

import re

from harness.shapes.policies import Rewrite

# Which of the client's clocks runs out first is a race.
_NO_ANSWER = re.compile(
    r'("https?://([^/"\s]{1,250})/[^"\s]{0,500}": )(?:dial tcp \2: i/o timeout'
    r"|(?:net/http: request canceled(?: while waiting for connection)?|context deadline exceeded)"
    r"(?: \(Client\.Timeout exceeded while awaiting headers\))?)"
)
_BLOB = re.compile(r"(?<=/blobs/)sha256:[0-9a-f]{64}")
_URL = 'Error response from daemon: Get "http://172.17.0.1:5000/v2/": '
_REFUSED = (
    'failed to do request: Head "https://localhost:5055/v2/tools/box/blobs/sha256:{}": '
    "dial tcp 127.0.0.1:5055: connect: connection refused"
)


ROWS = (
    Rewrite(
        name="whose clock runs out first where a registry gives no answer",
        sign='"http',
        write=lambda text: _NO_ANSWER.sub(r"\1timeout", text),
        seen=(
            (
                f"{_URL}dial tcp 172.17.0.1:5000: i/o timeout",
                f"{_URL}net/http: request canceled while waiting for connection"
                " (Client.Timeout exceeded while awaiting headers)",
            ),
            (f"{_URL}context deadline exceeded", f"{_URL}dial tcp 172.17.0.1:5000: i/o timeout"),
        ),
        damaged=((":5000", ":5001"), (": Get", ": Put"), ("canceled", "refused"), ("Timeout", "Refusal")),
        typed="docker pull 172.17.0.1:5000/me/notes",
    ),
    Rewrite(
        name="which blob is asked for first, of those that go side by side",
        sign="failed to do request: ",
        write=lambda text: _BLOB.sub("a blob", text),
        seen=(
            (
                f"{_REFUSED}\n{_REFUSED}".format("a" * 64, "a" * 64),
                f"{_REFUSED}\n{_REFUSED}".format("b" * 64, "c" * 64),
            ),
        ),
        damaged=(("box", "tin"), ("refused", "reset"), ("sha256:b", "sha256:")),
        typed="docker push localhost:5055/tools/box:1",
    ),
)

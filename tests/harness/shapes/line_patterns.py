"""Makes patterns of the lines that something prints, of its literal texts and of what stands between: for asked."""

import re
from collections.abc import Sequence

NUMBER = r"(\d{1,20})"
PROCESS = r"(?:[01](?!\d)|(\d{1,20}))"  # 1 is known before: a container's first process; and 0: none
DECIMAL = r"(-?\d{1,20}(?:\.\d{1,20})?)"
KERNEL = r"(\d{1,2}\.\d{1,3}\S{0,80}?)"
ARCHITECTURE = r"(x86_64|amd64|aarch64|arm64|armv7l|arm|ppc64le|riscv64|s390x)"
ANYTHING = ".*?"
# All numbers, octets in hexadecimal too.
EVERY_NUMBER = re.compile(
    r"(?<![0-9A-Za-z_.])([0-9a-f]{2}(?: [0-9a-f]{2}){3,64}|(?=[a-f]{0,7}\d)[0-9a-f]{8,64}|\d{1,20})(?![0-9A-Za-z_.])"
)
CONVERSION = re.compile(r"%[-+ 0-9.]*[a-zA-Z]")  # of printf
_BLANK = re.compile(r"(?:\\t|\s)+")


def line_pattern(texts: Sequence[str], between: Sequence[str]) -> re.Pattern[str]:
    """A line made of literal texts, and what stands between them: each text where it first comes, in linear time."""
    first, *others = [r"\s+".join(map(re.escape, _BLANK.split(text))) for text in texts]
    last = len(others) - 1
    pieces = [
        f"(?>{piece}{text})" if index < last and piece == ANYTHING else f"{piece}{text}"
        for index, (piece, text) in enumerate(zip(between, others, strict=True))
    ]
    return re.compile(rf"\A\s*{first}{''.join(pieces)}\s*\Z")

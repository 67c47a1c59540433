"""docker rmi, docker image rm"""

import re

from harness.shapes.policies import Rewrite

_USER = re.compile(r"(?<=\bcontainer )[0-9a-f]{12}(?= is using its referenced image )")
_IN_USE = "unable to delete nginx:latest (must be forced) - container {} is using its referenced image c6a79767eb38"

ROWS = (
    Rewrite(
        name="which of its containers is named as the user of an image",
        sign=" is using its referenced image ",
        write=lambda text: _USER.sub("of some name", text),
        seen=((f"{_IN_USE.format('237ce88d6154')}\n237ce88d6154", f"{_IN_USE.format('cd7415d1ae4c')}\n668cd83005f9"),),
        damaged=(("referenced image", "image"), ("container cd7415d1ae4c", "no container")),
        typed="docker rmi nginx",
    ),
)

"""docker save: what an image's manifest says of each layer, a map by digest"""

import re

from harness.shapes.policies import Rewrite

_ENTRY = r'"sha256:[0-9a-f]{64}":\{[^{}]{0,1000}\}'
_ENTRIES = re.compile(rf"{_ENTRY}(?:,{_ENTRY})+")


def _as_named(entries: re.Match[str]) -> str:
    """The entries in the order in which the line has named their digests before."""
    before = entries.string[: entries.start()]
    return ",".join(sorted(re.findall(_ENTRY, entries[0]), key=lambda entry: before.find(entry[8:72])))


def _manifest(first: str, second: str) -> str:
    named = ",".join(f'"blobs/sha256/{digest * 64}"' for digest in (first, second))
    sizes = {first: 1, second: 2}
    entries = ",".join(f'"sha256:{digest * 64}":{{"size":{sizes[digest]}}}' for digest in sorted(sizes))
    return f'[{{"Layers":[{named}],"LayerSources":{{{entries}}}}}]'


ROWS = (
    Rewrite(
        name="sources of layers",
        sign='":{"sha256:',
        write=lambda text: _ENTRIES.sub(_as_named, text),
        seen=((_manifest("a", "b"), _manifest("b", "a")),),
        damaged=(('"size":2', '"size":3'), ("LayerSources", "Sources")),
        typed="tar xOf tea.tar manifest.json",
    ),
)

"""docker load and docker save"""

import re

from harness.shapes.dialects.pull import ways
from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Policy, Rewrite
from harness.shapes.policies.typed import Typed

_LAYER = "Loading layer [==================================================>]   2.56kB/2.56kB"
_OF_FIRST, _FIRST = f"6e365e530d52: {_LAYER}", "Loaded image: greeting:1.0"
_ENTRY = r'"sha256:[0-9a-f]{64}":\{[^{}]{0,1000}\}'
_ENTRIES = re.compile(rf"{_ENTRY}(?:,{_ENTRY})+")
_A, _B = "a" * 64, "b" * 64
_BLOB = "blobs/sha256/"
_LISTED = f"-r--r--r-- 0/0             535 2026-11-24 09:33 {_BLOB}"
_MANIFEST = (
    '[{"Layers":["blobs/sha256/%s","blobs/sha256/%s"],'
    f'"LayerSources":{{"sha256:{_A}":{{"size":%d}},"sha256:{_B}":{{"size":%d}}}}}}]'
)


def _layers_then_names(run: list[Line]) -> list[Line]:
    """The layers are drawn where there was time to; the names come in any order, each after its own layers."""
    end = max((place for place, line in enumerate(run, 1) if _is_name(line)), default=len(run))
    loaded, unnamed = run[:end], run[end:]
    names = [line for line in loaded if _is_name(line)]
    layers = [line for line in loaded if not _is_name(line)]
    return [*ways(layers), *sorted(names, key=lambda line: line.spelled), *unnamed]


def _is_name(line: Line) -> bool:
    return line.text.startswith("Loaded image: ")


def _as_named(entries: re.Match[str]) -> str:
    """The entries in the order in which the line has named their digests before."""
    before = entries.string[: entries.start()]
    return ",".join(sorted(re.findall(_ENTRY, entries[0]), key=lambda entry: before.find(entry[8:72])))


ROWS = (
    Dialect(
        name="what was loaded",
        lines=r"Loaded image: \S+|[0-9a-f]{12}: Loading layer .*",
        policy=Policy.REDUCED,
        reduce=_layers_then_names,
        seen=(
            ("Loaded image: notes:4\nLoaded image: notes:latest", "Loaded image: notes:latest\nLoaded image: notes:4"),
            (
                f"4ac5dcd2f3d5: {_LAYER}\nLoaded image: greeting:1.0\nLoaded image: greeting:2.0",
                f"Loaded image: greeting:2.0\n{_OF_FIRST}\n{_FIRST}",
            ),
        ),
        damaged=(
            ("notes:4", "notes:5"),
            ("Loaded image: notes:4", ""),
            (
                f"6e365e530d52: {_LAYER}\nLoaded image: greeting:1.0",
                f"Loaded image: greeting:1.0\n6e365e530d52: {_LAYER}",
            ),
        ),
        typed="docker load -i notes.tar",
    ),
    Dialect(
        name="blobs of an image, by their digests",
        lines=r"(?:-[-a-z]{9} +\S+ +\d+ \S+ \S+ )?blobs/sha256/[0-9a-f]{64}",
        command=Typed("tar"),
        policy=Policy.SET,
        seen=(
            (
                f"blobs/\n{_BLOB}{_A}\n{_BLOB}{_B}\n{_LISTED}{_A}\noci-layout",
                f"blobs/\n{_LISTED}{_B}\n{_BLOB}{_B}\n{_BLOB}{_A}\noci-layout",
            ),
        ),
        damaged=(("blobs/\n", ""), (f"\n{_BLOB}{_A}", ""), ("535", "536"), ("oci-layout", "layout")),
        typed="docker save -o notes.tar notes; tar tf notes.tar",
    ),
    Rewrite(
        name="sources of layers, a map by digest",
        sign='":{"sha256:',
        write=lambda text: _ENTRIES.sub(_as_named, text),
        seen=((_MANIFEST % (_A, _B, 1, 2), _MANIFEST % (_B, _A, 2, 1)),),
        damaged=(('"size":2', '"size":3'), ("LayerSources", "Sources")),
        typed="tar xOf tea.tar manifest.json",
    ),
)

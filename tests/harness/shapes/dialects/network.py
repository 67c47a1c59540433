"""docker network, and what answers for names in one"""

from harness.shapes.policies import Dialect, Policy, pieces_in_any_order
from harness.shapes.policies.typed import Typed

_IN_USE = "network backend has active endpoints ({})"
_ANSWER = "Non-authoritative answer:"


ROWS = (
    Dialect(
        name="containers that keep a network from being removed",
        lines=r"[^(]{1,200} has active endpoints \(name:.*",
        policy=Policy.REDUCED,
        reduce=pieces_in_any_order(r", |(?<=\()|(?=\))"),
        seen=(
            (
                _IN_USE.format('name:"app" id:"3b59dfdcc72e", name:"tagged" id:"99ae539e5836"'),
                _IN_USE.format('name:"tagged" id:"3184b4af6c69", name:"app" id:"caa9c6d2471c"'),
            ),
        ),
        damaged=(('name:"app"', 'name:"api"'), (', name:"app" id:"caa9c6d2471c"', ""), ("active", "idle")),
        typed="docker network rm backend",
    ),
    Dialect(
        name="containers that a template lists",
        command=Typed(word="range .Containers"),
        policy=Policy.REDUCED,
        reduce=pieces_in_any_order(r"[, ]+"),
        seen=(("web db", "db web"),),
        damaged=(("web", "wet"), ("db ", "")),
        typed="docker network inspect -f '{{range .Containers}}{{.Name}} {{end}}' mynet",
    ),
    Dialect(
        name="answers of nslookup",
        command=Typed("nslookup"),
        policy=Policy.SET,
        seen=((f"{_ANSWER}\n\n{_ANSWER}\nName:   store", f"{_ANSWER}\nName:   store\n\n{_ANSWER}"),),
        damaged=(("Name:   store", "Name:   stare"), (f"\n\n{_ANSWER}", "")),
        typed="docker run --rm --network backend busybox nslookup store",
    ),
)

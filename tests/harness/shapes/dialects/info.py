"""docker info"""

from harness.shapes.policies import Dialect, Policy, pieces_in_any_order

_ADDRESS = r"[0-9a-f.:]{3,45}(?:/\d{1,3}|:\d{1,5})?"


ROWS = (
    Dialect(
        name="runtimes",
        lines=r" *Runtimes: .*",
        policy=Policy.REDUCED,
        reduce=pieces_in_any_order(r" "),
        seen=((" Runtimes: io.containerd.runc.v2 runc", " Runtimes: runc io.containerd.runc.v2"),),
        damaged=(("runc io", "runcc io"), (" io.containerd.runc.v2", "")),
        typed="docker info",
    ),
    Dialect(
        name="insecure registries",
        under=" Insecure Registries:",
        lines=rf"  {_ADDRESS}",
        policy=Policy.SET,
        seen=((" Insecure Registries:\n  ::1/128\n  127.0.0.0/8", " Insecure Registries:\n  127.0.0.0/8\n  ::1/128"),),
        damaged=(("::1/128", "::2/128"), ("  127.0.0.0/8\n", "")),
        typed="docker info",
    ),
)

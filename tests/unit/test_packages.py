"""What Docker's archive of packages has, and which of it a lab is built of."""

import re
import subprocess
from http.server import BaseHTTPRequestHandler

import pytest

from harness.lab.engines import Engine
from harness.lab.outer.faults import LabError
from harness.lab.packages import order, versions
from harness.project import LABS
from unit.conftest import served

INDEX = """\
Package: containerd.io
Architecture: amd64
Version: 2.1.5-1~debian.13~trixie

Package: docker-ce
Architecture: amd64
Version: 5:29.10.0-1~debian.13~trixie
Depends: docker-ce-cli

Package: docker-ce
Version: 5:29.4.0-1~debian.13~trixie

Package: docker-ce-cli
Version: 5:29.5.0-1~debian.13~trixie

Package: docker-ce
Version: 5:28.5.2-1~debian.13~trixie

Package: docker-ce
Version: 5:28.5.2-2~debian.13~trixie
"""


class Archive(BaseHTTPRequestHandler):
    """As download.docker.com keeps it."""

    def do_GET(self) -> None:
        found = self.path == "/linux/debian/dists/trixie/stable/binary-amd64/Packages"
        self.send_response(200 if found else 404)
        self.end_headers()
        self.wfile.write(INDEX.encode() if found else b"")

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


def test_the_versions_of_an_archive_are_told_oldest_first_and_each_once() -> None:
    with served(Archive) as address:
        engine = Engine("29", "29", suite="trixie", archive=f"{address}/linux/debian")
        assert versions(engine) == ["28.5.2", "29.4.0", "29.10.0"]


def test_an_archive_that_can_not_be_asked_is_told_with_its_address() -> None:
    with served(Archive) as address:
        archive = f"{address}/linux/debian"
        with pytest.raises(LabError, match=rf"^Docker's packages \({archive}/dists/sid/.* can't be reached: .*404"):
            versions(Engine("29", "29", suite="sid", archive=archive))


def test_versions_are_ordered_by_their_numbers() -> None:
    assert sorted(["29.10.0", "29.9.1", "29"], key=order) == ["29", "29.9.1", "29.10.0"]


@pytest.mark.parametrize(
    ("release", "chosen"),
    [
        ("29.", "5:29.10.1-1~debian.13~trixie"),
        ("29.1.0-", "5:29.1.0-1~debian.13~trixie"),
        ("28.5.2-", "5:28.5.2-1~debian.13~trixie"),
        ("29.2.0-", ""),
    ],
)
def test_a_lab_is_built_of_the_newest_package_that_begins_as_asked(release: str, chosen: str) -> None:
    dockerfile = (LABS / "engine-29/Dockerfile").read_text("utf-8")
    [choice] = re.findall(r"apt-cache madison docker-ce \| (awk .*?\}')\)", dockerfile, re.DOTALL)
    listed = "".join(
        f" docker-ce | 5:{version}-1~debian.13~trixie | https://download.docker.com/linux/debian trixie/stable\n"
        for version in ("29.10.1", "29.1.10", "29.1.0", "28.5.2")
    )
    script = choice.replace("\\\n", "")
    ran = subprocess.run(["sh", "-c", script], input=listed, env={"RELEASE": release}, capture_output=True, text=True)
    assert ran.stdout.strip() == chosen

"""Makes a minimal Debian out of its packages, for an engine that can't pull one: any user can, with apt alone.

This machine's apt, with folders of its own, fetches and verifies the packages; their files become an image, in which
tests/labs/base installs them. So it needs neither root nor a program that this machine may not have, and the engine
may be another machine, of another architecture.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import IO

from harness.lab.outer.faults import LabError

WANTED = ["?essential", "apt", "debconf", "mount", "passwd"]
KEYS = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
MERGED = ("bin", "sbin", "lib", "lib64")  # since bookworm links into usr/, also where a package still has them apart


@contextmanager
def seed(suite: str, architecture: str) -> Iterator[IO[bytes]]:
    """An archive of the files of a minimal Debian's packages, not yet installed, and the packages in /packages."""
    with TemporaryDirectory() as name, NamedTemporaryFile() as archive:
        mirror = debian_mirror()
        packages = fetch(Path(name), mirror, suite, architecture)
        with tarfile.open(fileobj=archive, mode="w", format=tarfile.GNU_FORMAT) as tar:
            for link in MERGED:
                add(tar, link, target=f"usr/{link}")
            add(tar, "etc/apt/sources.list", f"deb {mirror} {suite} main\n".encode())
            unpack(packages, tar)
            for package in packages:
                add(tar, f"packages/{package.name}", package.read_bytes())
        archive.flush()
        yield archive


def fetch(folder: Path, mirror: str, suite: str, architecture: str) -> list[Path]:
    """The packages of a minimal Debian, verified by apt, in `folder`. LabError."""
    for part in ("lists/partial", "cache/archives/partial"):
        (folder / part).mkdir(parents=True)
    (folder / "status").touch()
    signed = f"[signed-by={KEYS}] " if KEYS.exists() else ""
    (folder / "sources.list").write_text(f"deb {signed}{mirror} {suite} main\n")
    (folder / "apt.conf").write_text(apt_conf(folder, architecture))
    apt(folder, "update")
    apt(folder, "install", "--yes", "--download-only", "--no-install-recommends", *WANTED)
    return sorted((folder / "cache/archives").glob("*.deb"))


def apt_conf(folder: Path, architecture: str) -> str:
    """An apt that knows and touches nothing but `folder`."""
    return f"""\
Dir::State "{folder}";
Dir::State::lists "{folder}/lists";
Dir::State::status "{folder}/status";
Dir::Cache "{folder}/cache";
Dir::Etc::sourcelist "{folder}/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
APT::Architecture "{architecture}";
APT::Architectures {{ "{architecture}"; }};
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::Check-Valid-Until "false";
"""


def apt(folder: Path, *arguments: str) -> None:
    environment = {"APT_CONFIG": str(folder / "apt.conf"), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"}
    command = ["apt-get", "--quiet", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        last = "\n".join((done.stdout + done.stderr).splitlines()[-15:])
        raise LabError(f"`{' '.join(command)}` for a base image failed:\n{last}")


def unpack(packages: list[Path], tar: tarfile.TarFile) -> None:
    """Adds the packages' files to the archive, each name once: Docker's import refuses a second one."""
    seen = {".", *MERGED}
    for package in packages:
        done = subprocess.run(["dpkg-deb", "--fsys-tarfile", str(package)], stdout=subprocess.PIPE, check=True)
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as files:
            for member in files:
                member.name = merged(member.name)
                if member.name in seen:
                    continue
                seen.add(member.name)
                data = files.extractfile(member) if member.isreg() else None
                if member.islnk():
                    member.linkname = merged(member.linkname)
                tar.addfile(member, data)


def merged(name: str) -> str:
    """A path in a package -> in a Debian whose /bin and the like are links into /usr."""
    name = name.removeprefix("./") or "."
    first, slash, _ = name.partition("/")
    return f"usr/{name}" if slash and first in MERGED else name


def add(tar: tarfile.TarFile, name: str, data: bytes = b"", target: str = "") -> None:
    info = tarfile.TarInfo(name)
    info.mode, info.size = 0o644, len(data)
    if target:
        info.type, info.linkname = tarfile.SYMTYPE, target
    tar.addfile(info, io.BytesIO(data))


def debian_mirror() -> str:
    """The Debian mirror that this machine's apt is told to use. LabError where it has none."""
    shown = "$(REPO_URI) $(RELEASE) $(COMPONENT)"
    try:
        done = subprocess.run(
            ["apt-get", "indextargets", "--format", shown, "Created-By: Packages"],
            capture_output=True, text=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        uri = mirror_in(done.stdout, release_names(Path("/etc/os-release").read_text()))
    except FileNotFoundError:
        uri = None
    if uri is None:
        raise LabError("no image of Debian can be pulled, and this machine's apt knows no mirror to make one from")
    return uri


def release_names(os_release: str) -> set[str]:
    """What the release of this machine may be called in its sources; nothing where it isn't Debian."""
    fields = dict(line.split("=", 1) for line in os_release.splitlines() if "=" in line)
    if fields.get("ID", "").strip('"') != "debian":
        return set()
    return {fields.get("VERSION_CODENAME", "sid").strip('"'), "stable", "testing", "unstable", "sid"}


def mirror_in(targets: str, releases: set[str]) -> str | None:
    """The first address in apt's list of its sources that serves `main` of one of the releases."""
    for line in targets.splitlines():
        uri, release, component = line.split(" ")
        if release in releases and component == "main":
            return uri
    return None

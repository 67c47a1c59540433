"""A base image is made of packages whose files lie where a merged /usr has them, from the machine's own mirror."""

import io
import subprocess
import tarfile
from pathlib import Path

import pytest

from harness.lab.outer import bootstrap
from harness.lab.outer.bootstrap import debian_mirror, merged, mirror_in, release_names, unpack
from harness.lab.outer.faults import LabError


@pytest.mark.parametrize(
    ("inside", "path"),
    [
        ("./bin/sh", "usr/bin/sh"),
        ("./lib/x86_64-linux-gnu/libc.so.6", "usr/lib/x86_64-linux-gnu/libc.so.6"),
        ("./usr/bin/env", "usr/bin/env"),
        ("./library", "library"),
        ("./bin", "bin"),
        ("./", "."),
    ],
)
def test_what_a_package_has_outside_usr_goes_into_it(inside: str, path: str) -> None:
    assert merged(inside) == path


def package(folder: Path, name: str, files: dict[str, str]) -> Path:
    (folder / name / "DEBIAN").mkdir(parents=True)
    described = f"Package: {name}\nVersion: 1\nArchitecture: all\nMaintainer: nobody <nobody>\nDescription: none\n"
    (folder / name / "DEBIAN/control").write_text(described)
    for path, text in files.items():
        (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / name / path).write_text(text)
    built = folder / f"{name}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "--build", str(folder / name), str(built)], check=True)
    return built


def test_files_of_several_packages_become_one_tree_with_each_name_once(tmp_path: Path) -> None:
    packages = [
        package(tmp_path, "one", {"bin/one": "1", "etc/shared": "first"}),
        package(tmp_path, "two", {"usr/bin/two": "2", "etc/other": "second"}),
    ]
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        unpack(packages, tar)
    buffer.seek(0)
    with tarfile.open(fileobj=buffer) as tar:
        names = tar.getnames()
        owners = {(member.uid, member.gid) for member in tar}
    assert sorted(names) == sorted(set(names))
    assert set(names) == {"etc", "etc/shared", "etc/other", "usr/bin/one", "usr", "usr/bin", "usr/bin/two"}
    assert owners == {(0, 0)}


TARGETS = """\
http://mirror.example/debian-security/ bookworm-security main
http://other.example/apt/ nodistro main
http://mirror.example/contrib/ bookworm contrib
http://mirror.example/debian/ bookworm main
http://mirror.example/late/ bookworm main
"""


def test_the_mirror_is_the_one_that_serves_the_machines_own_release() -> None:
    assert mirror_in(TARGETS, {"bookworm", "stable"}) == "http://mirror.example/debian/"
    assert mirror_in(TARGETS, {"trixie"}) is None
    assert mirror_in("", {"bookworm"}) is None


def test_only_debian_knows_a_mirror_of_debian() -> None:
    assert "bookworm" in release_names("ID=debian\nVERSION_CODENAME=bookworm\n")
    assert "trixie" in release_names('NAME="Debian"\nID="debian"\n\nVERSION_CODENAME="trixie"\n')
    assert release_names("ID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=noble\n") == set()


def test_a_machine_without_a_mirror_is_a_fault_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "release_names", lambda os_release: set())
    with pytest.raises(LabError, match="this machine's apt knows no mirror"):
        debian_mirror()


def test_apt_is_told_to_touch_nothing_outside_its_folder() -> None:
    conf = bootstrap.apt_conf(Path("/own"), "arm64")
    named = {line.split()[-1].strip(';"') for line in conf.splitlines() if line.startswith("Dir::")}
    assert {path for path in named if not path.startswith("/own")} == {"/dev/null"}
    assert 'APT::Architecture "arm64";' in conf.splitlines()


def test_what_apt_says_is_quoted_where_it_fails(tmp_path: Path) -> None:
    (tmp_path / "apt.conf").write_text("")
    with pytest.raises(
        LabError, match=r"`apt-get --quiet no-such-operation` for a base image failed:\n.*no-such-operation"
    ):
        bootstrap.apt(tmp_path, "no-such-operation")

"""An image is built again exactly where what it is made of has changed."""

import io
import tarfile
from pathlib import Path

import pytest

from harness.lab.outer.images import context, digest
from harness.project import LABS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inner").mkdir()
    (tmp_path / "Dockerfile").write_text("FROM scratch\n")
    (tmp_path / "inner/entry").write_text("#!/bin/sh\n")
    return tmp_path


def test_the_digest_stays_the_same_for_the_same(folder: Path) -> None:
    assert digest(folder, {"a": "1", "b": "2"}) == digest(folder, {"b": "2", "a": "1"})
    assert len(digest(folder, {})) == 12


def test_the_digest_changes_with_content_name_mode_and_arguments(folder: Path) -> None:
    seen = [digest(folder, {}), digest(folder, {"a": "1"})]
    (folder / "inner/entry").chmod(0o755)
    seen.append(digest(folder, {}))
    (folder / "inner/entry").write_text("#!/bin/bash\n")
    seen.append(digest(folder, {}))
    (folder / "inner/entry").rename(folder / "entry")
    seen.append(digest(folder, {}))
    assert len(set(seen)) == len(seen)


def test_a_build_context_is_the_same_whoever_checked_it_out(folder: Path) -> None:
    (folder / "inner/entry").chmod(0o700)
    (folder / "Dockerfile").chmod(0o600)
    with tarfile.open(fileobj=io.BytesIO(context(folder))) as archive:
        found = {member.name: (member.mode, member.uid, member.uname) for member in archive if member.isfile()}
    assert found == {"./Dockerfile": (0o644, 0, "root"), "./inner/entry": (0o755, 0, "root")}


def test_every_kind_of_lab_has_its_dockerfile() -> None:
    kinds = ["base", "machine", "engine", "engine-29", "mirror", "standins/centos"]
    assert [kind for kind in kinds if not (LABS / kind / "Dockerfile").is_file()] == []

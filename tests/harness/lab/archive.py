"""Files -> the tar archive that the Engine API takes to put them into a container."""

import io
import tarfile
from collections.abc import Mapping
from pathlib import PurePosixPath


def tar(files: Mapping[str, bytes], owner: int = 0) -> bytes:
    """An archive of files readable by all, and of the directories above them, owned by user and group `owner`."""
    folders = sorted({str(folder) for name in files for folder in PurePosixPath(name).parents} - {"."})
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name in [*folders, *files]:
            info = tarfile.TarInfo(name)
            info.uid = info.gid = owner
            info.type, info.mode = (tarfile.DIRTYPE, 0o755) if name not in files else (tarfile.REGTYPE, 0o644)
            info.size = len(files.get(name, b""))
            archive.addfile(info, io.BytesIO(files.get(name, b"")))
    return buffer.getvalue()

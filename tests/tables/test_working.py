"""Working folders: those of the dead are swept, those of the living stay, whatever their version."""

import os
import time

from terreau.tables import working


def test_only_what_nobody_works_in_is_swept(tmp_path, monkeypatch):
    monkeypatch.setattr(working.tempfile, "gettempdir", lambda: str(tmp_path))
    lived, lock = working.held_folder(tmp_path, working.CHILD)
    died, gone = working.held_folder(tmp_path, working.CHILD)
    os.close(gone)
    older = tmp_path / f"{working.CHILD}of-an-older-version"
    left = tmp_path / f"{working.CHILD}left-long-ago"
    for folder in (older, left):
        folder.mkdir()
    ago = time.time() - 2 * working.ELSEWHERE
    os.utime(left, (ago, ago))
    working.sweep_the_temporary_files()
    assert sorted(tmp_path.iterdir()) == sorted([lived, older])
    os.close(lock)
    assert not died.exists()

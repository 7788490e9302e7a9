"""A copy of the gradebook, made before a run changes it."""

import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL


class BackupError(Exception):
    """The gradebook could not be copied; the text says why."""


def back_up(url: URL, directory: Path) -> str:
    """Copy the database at `url` into `directory`; return a line that says where, or why not.

    Raises `BackupError` if the copy fails.
    """
    directory.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    if url.get_backend_name() == "sqlite":
        target = directory / f"gradebook-{stamp}.db"
        with (
            closing(sqlite3.connect(url.database)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            old.backup(new)
        return f"The gradebook was backed up to {target}"
    if url.get_backend_name() == "postgresql" and shutil.which("pg_dump"):
        target = directory / f"gradebook-{stamp}.sql"
        plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
        done = subprocess.run(
            ["pg_dump", "--file", str(target), plain], capture_output=True, text=True
        )
        if done.returncode == 0:
            return f"The gradebook was backed up to {target}"
        raise BackupError(f"pg_dump failed: {done.stderr.strip()}")
    return "NO BACKUP of the gradebook was made: for PostgreSQL it takes the program pg_dump"

"""Pin every requirement again: names, versions and hashes, for every platform, no address of any registry."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEADER = "# Names, versions and hashes only. Made by `make requirements` from pyproject.toml.\n"
SETS = {
    "base": [],
    "postgres": ["postgres"],
    "server": ["server", "postgres"],
    "webaudit": ["webaudit"],
    "dev": ["dev"],
}
# What building Terreau itself needs, pinned too so that an install without isolation works.
BUILD = ("hatchling>=1.27", "editables>=0.5")


def pin(name: str, extras: list[str]) -> None:
    """Write ``requirements/<name>.txt``."""
    target = ROOT / "requirements" / f"{name}.txt"
    extra = [word for key in extras for word in ("--extra", key)]
    command = ["uv", "pip", "compile", "pyproject.toml", "-", "--universal", "--python-version", "3.11", "--generate-hashes",
               "--no-annotate", "--no-header", "--no-emit-index-url", "--quiet", *extra]  # fmt: skip
    made = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, input="\n".join(BUILD))
    text = "\n".join(line for line in made.stdout.splitlines() if not line.lstrip().startswith("#"))
    if re.search(r"https?://|file://", text):
        sys.exit(f"{target.name}: an address slipped in")
    target.write_text(HEADER + text + "\n", encoding="utf-8")


if __name__ == "__main__":
    if not shutil.which("uv"):
        sys.exit("Pinning needs uv (https://docs.astral.sh/uv); installing and testing Terreau does not.")
    for set_name, set_extras in SETS.items():
        pin(set_name, set_extras)

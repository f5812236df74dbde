"""Find a Chromium for the browser tests, else try the usual installs, and say clearly what was done.

Nothing is fetched when one is there. ``TERREAU_CHROMIUM`` names one on purpose.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "msedge",
)
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


def find() -> str | None:
    """The path of an installed Chromium, headless shell first because it starts twice as fast."""
    named = os.environ.get("TERREAU_CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or next((place for place in PLACES if Path(place).exists()), None) or _downloaded_by_playwright()


def _downloaded_by_playwright() -> str | None:
    try:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
        return path if Path(path).exists() else None
    except Exception:  # playwright absent or unhappy: there is simply no browser of its own
        return None


def _installs() -> list[tuple[str, list[list[str]]]]:
    sudo = [] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["sudo", "-n"]
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
    ways: list[tuple[str, list[list[str]]]] = []
    if shutil.which("apt-get") and (not sudo or shutil.which("sudo")):
        update = [*sudo, *quiet, "apt-get", "update", "-qq"]
        ways += [
            (f"apt-get install {name}", [update, [*sudo, *quiet, "apt-get", "install", "-y", "-qq", name]])
            for name in ("chromium-headless-shell", "chromium")
        ]
    ways.append(
        ("playwright install chromium", [[sys.executable, "-m", "playwright", "install", "chromium-headless-shell"]])
    )
    return ways


def main() -> int:
    """Say which Chromium the tests will use; 0 in any case: the test run itself says what it skipped."""
    path = find()
    if path:
        print(f"Chromium: {path} (already installed)")
        return 0
    for name, commands in _installs():
        print(f"Chromium: none found, trying `{name}`…", flush=True)
        done = all(
            subprocess.run(command, capture_output=True, check=False, timeout=400).returncode == 0
            for command in commands
        )
        if done and (path := find()):
            print(f"Chromium: {path} (installed by `{name}`)")
            return 0
    print("Chromium: none could be installed; browser tests will be skipped. Install one or set TERREAU_CHROMIUM.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""« Refaire ce calcul » really does it again: by the command shown, and by the archive."""

import io
import json
import re
import shlex
import subprocess
import sys
import zipfile
from html import unescape

import pytest

from terreau.app.inventory import deciding

WHY = "/o/valmont/empreinte/pourquoi"
OF = "?critere=climate_change&categorie=laptop"


@pytest.fixture
def opened(owner_client, counted, organisation, tmp_path):
    """``opened()``: the archive in a folder of its own, the command of the page, the papers it must give again."""
    organisation.lifespans = {"laptop": 6.5}
    organisation.save()

    def opened():
        page = owner_client.get(f"{WHY}/{OF}").content.decode()
        told = json.loads(owner_client.get(f"{WHY}.json{OF}").content)
        sent = b"".join(owner_client.get(f"/o/valmont/empreinte/refaire.zip{OF}").streaming_content)
        zipfile.ZipFile(io.BytesIO(sent)).extractall(tmp_path)
        return page, unescape(re.search(r"<code>(terreau explain.*?)</code>", page)[1]), told

    return opened


def redone(folder, *arguments):
    done = subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, check=False, text=True)
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


def by_command(folder, command):
    words = shlex.split(command)
    files = sorted(path.name for path in folder.glob("*.parquet"))
    at = words.index("*.parquet")
    return redone(folder, "-m", *words[:at], *files, *words[at + 1 :], "--json")


def test_the_command_shown_gives_the_figure_again_to_the_last_digit(opened, tmp_path):
    page, command, told = opened()
    assert "--lifespan laptop=6.5" in command
    assert "--people 2400" in command
    again = by_command(tmp_path, command)
    assert again == told
    assert "refaire.py, dans l&#x27;archive" not in page


def test_what_was_settled_by_hand_is_in_the_archive_and_said_to_be_out_of_the_command(
    opened, organisation, owner, counted, tmp_path
):
    deciding.settle(
        organisation, owner, maker="", model="Zorglub 3000", type_word="Bidule", item=("laptop", "standard")
    )
    page, command, told = opened()
    assert "réglé à la main" in page
    assert told["quantity"] == 14
    assert redone(tmp_path, "refaire.py") == told
    assert by_command(tmp_path, command)["quantity"] == 10


def test_another_result_is_said_to_be_another(opened, tmp_path):
    opened()
    script = tmp_path / "refaire.py"
    script.write_text(script.read_text(encoding="utf-8").replace("people=2400", "people=2401"), encoding="utf-8")
    done = subprocess.run([sys.executable, "refaire.py"], cwd=tmp_path, capture_output=True, check=False, text=True)
    assert done.returncode == 1
    assert "Autre calcul" in done.stderr

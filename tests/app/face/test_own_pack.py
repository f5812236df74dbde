"""A bare G4IT file of one's own, dropped in the browser: it serves the figure, and its values stay out of sight."""

import io
import json
import re
import subprocess
import sys
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from terreau.app.footprint import words

HEAD = (
    "criterion;lifecycleStep;name;category;avgElectricityConsumption;location;level;source;unit;value;version;isHidden"
)
LINES = """CLIMATE_CHANGE;FABRICATION;Latitude 5420;Laptop;337;;2-Equipement;Base louée;kg CO2 eq;4321;20240211;true
CLIMATE_CHANGE;UTILISATION;Latitude 5420;Laptop;337;;2-Equipement;Base louée;kg CO2 eq;3;20240211;true
CLIMATE_CHANGE;FABRICATION;Zorglub 3000;Engin;200;;2-Equipement;Base louée;kg CO2 eq;777;20240211;true
"""
WHY = "/o/valmont/empreinte/pourquoi"


@pytest.fixture
def with_own_file(owner_client, counted):
    sent = SimpleUploadedFile("facteurs.csv", f"{HEAD}\n{LINES}".encode())
    assert "Base louée" in owner_client.post("/o/valmont/sources/", {"files": [sent]}, follow=True).content.decode()
    return owner_client


def test_its_models_serve_and_its_values_are_masked(with_own_file):
    page = with_own_file.get(f"{WHY}/?categorie=laptop").content.decode()
    assert "Latitude 5420" in page and "masquée" in page
    assert "Modèle exact" in page
    assert "votre jeu de facteurs" in words.methods()["own"]
    assert "4321" not in page and "4\u202f321" not in page and "337" not in page
    assert "• kWh par an" in page and "kWh relevés dans l&#x27;inventaire" not in page
    told = with_own_file.get(f"{WHY}.csv?categorie=laptop").content.decode()
    assert "4321" not in told and "337" not in told


def test_a_model_without_category_waits_in_the_queue(with_own_file):
    assert with_own_file.get("/o/valmont/empreinte/").status_code == 200
    assert "Zorglub 3000" in with_own_file.get("/o/valmont/parc/a-regler/").content.decode()


def test_its_page_says_everything_in_french(with_own_file):
    link = re.search(r"/o/valmont/sources/mes-jeux/[^/]+/", with_own_file.get("/o/valmont/sources/").content.decode())
    page = with_own_file.get(link[0]).content.decode()
    assert "use stage" not in page and ">private<" not in page
    assert "étape d&#x27;utilisation" in page


def test_the_archive_does_the_figure_again_once_the_file_stands_beside_it(with_own_file, tmp_path):
    told = json.loads(with_own_file.get(f"{WHY}.json?categorie=laptop").content)
    sent = b"".join(with_own_file.get("/o/valmont/empreinte/refaire.zip?categorie=laptop").streaming_content)
    zipfile.ZipFile(io.BytesIO(sent)).extractall(tmp_path)
    (tmp_path / "jeux").mkdir()
    (tmp_path / "jeux" / "facteurs.csv").write_text(f"{HEAD}\n{LINES}", encoding="utf-8")
    done = subprocess.run([sys.executable, "refaire.py"], cwd=tmp_path, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == told

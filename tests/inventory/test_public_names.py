"""What ``terreau.inventory`` offers is what it says it offers, and opening it loads none of it."""

import importlib
import pkgutil
import subprocess
import sys
from types import ModuleType

from terreau import inventory


def test_every_public_name_is_what_it_says_whatever_was_loaded_before():
    for info in pkgutil.walk_packages(inventory.__path__, "terreau.inventory."):
        importlib.import_module(info.name)
    for name in inventory.__all__:
        assert not isinstance(getattr(inventory, name), ModuleType), name
    homes = [one.rpartition(" as ")[2] for names in inventory._HOMES.values() for one in names.split(", ")]
    assert sorted([*homes, "FLEET_COLUMNS", "fleet", "fleet_of", "gather", "gather_all"]) == sorted(inventory.__all__)


def test_a_name_that_does_not_exist_is_refused_as_python_does():
    assert not hasattr(inventory, "weigh_the_moon")


def test_opening_the_room_loads_neither_reports_nor_files_to_write():
    code = "import sys, terreau.inventory; print(' '.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    late = {f"terreau.inventory.{module}" for module in inventory._HOMES if module != "arrival"}
    assert not {"terreau.inventory.checking", "terreau.inventory.g4itfiles"} & set(loaded)
    assert len(late & set(loaded)) < len(late) / 2

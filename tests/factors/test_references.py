"""The item types and matching models of G4IT and NumEcoEval, read unchanged."""

import pytest

from terreau.factors.catalogue import factor_set
from terreau.factors.packs import load_pack
from terreau.factors.references import read_references
from terreau.kernel.errors import TerreauError


def written(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_types_of_g4it_and_of_numecoeval_read_alike(tmp_path):
    g4it = written(
        tmp_path,
        "a.csv",
        "type;category;default_lifespan;is_server;ref_default_item;source\nServeur;x;6,5;true;serveur-1;moi\n",
    )
    numeco = written(
        tmp_path,
        "b.csv",
        "type,serveur,commentaire,dureeVieDefaut,source,refEquipementParDefaut\nServeur,1,,6.5,moi,serveur-1\n",
    )
    for path in (g4it, numeco):
        found = read_references(path).type_of("SERVEUR")
        assert (found.lifespan, found.server, found.item) == (6.5, True, "serveur-1")
    assert read_references(g4it).type_of("Portable") is None


def test_an_organisation_s_own_match_comes_before_everybody_s(tmp_path):
    path = written(
        tmp_path, "m.csv", "item_source;ref_item_target;subscriber\nX1;commun;\nX1;le nôtre;VALMONT\nX2;commun;\n"
    )
    assert read_references(path).models == {"X1": "le nôtre", "X2": "commun"}


def test_references_are_packs_without_figures_and_enter_the_digest(tmp_path):
    path = written(tmp_path, "types.csv", "type;ref_default_item\nPortable;laptop/standard\n")
    pack = load_pack(path)
    assert (pack.key, pack.rows, pack.redistribution) == ("g4it-types", (), "private")
    assert factor_set(path).references.type_of("portable").item == "laptop/standard"
    assert factor_set(path).digest != factor_set().digest
    assert not factor_set().references


def test_a_default_lifespan_that_is_no_number_of_years_is_refused_in_words(tmp_path):
    path = written(
        tmp_path, "types.csv", "type;default_lifespan;ref_default_item\nPortable;longtemps;laptop/standard\n"
    )
    with pytest.raises(TerreauError) as refusal:
        load_pack(path)
    assert "longtemps" in refusal.value.words("fr").what

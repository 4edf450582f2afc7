"""The frameworks of the papers as records."""

import pytest

from dashboard.catalogue.errors import UnknownIdentifierError
from dashboard.catalogue.frameworks import framework


def test_elements_stand_in_the_order_of_the_paper_with_what_is_said_of_them(catalogue):
    found = framework(catalogue, "upgrading_types")
    assert found.name == "Four types of upgrading"
    assert [element.element_id for element in found.elements] == [
        *("process", "product", "functional", "intersectoral")
    ]
    process, _, _, intersectoral = found.elements
    [cases] = process.said("cases")
    assert cases.place_ids == ("idn_jepara_furniture", "tha_automotive")
    assert cases.source_id == "seed_chaminade_vang_2008"
    assert intersectoral.said("cases") == ()


def test_unknown_framework_is_named(catalogue):
    with pytest.raises(UnknownIdentifierError, match="upgrade_types"):
        framework(catalogue, "upgrade_types")

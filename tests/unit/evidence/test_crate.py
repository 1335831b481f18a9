"""The description of an evidence file is an RO-Crate that another program reads."""

from pathlib import Path

from rocrate.rocrate import ROCrate

from app.collation import pipeline
from app.evidence import packing
from app.evidence.inspection import MANIFEST
from tests.unit.evidence.evidence_files import contents


def test_the_ro_crate_library_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "case.zip"
    file.write_bytes(packing.packed(contents()))
    crate = ROCrate(str(file))
    members = packing.members(contents())
    assert crate.version == "1.1"
    assert {entity.id for entity in crate.data_entities} == members.keys() - {"ro-crate-metadata.json"}
    for word in ("version", "softwareVersion"):
        assert crate.dereference("#engine")[word] == pipeline.ENGINE
    assert crate.dereference("comparison.json")["contentSize"] == str(len(members["comparison.json"]))
    assert MANIFEST in {entity.id for entity in crate.root_dataset["hasPart"]}
    assert crate.dereference("#base")["publisher"]["name"] == "The Courier"


def test_what_is_not_stated_is_left_out() -> None:
    crate = packing.members(contents())["ro-crate-metadata.json"].decode()
    assert "#witness-publisher" not in crate
    assert "null" not in crate

"""The staff pages' files, as set-up stores them."""

from __future__ import annotations

from pathlib import Path

from leeward.safety.static_files import StaffFiles


def test_a_file_is_stored_beside_its_gzip_alone(tmp_path: Path) -> None:
    (tmp_path / "staff.css").write_text("p { margin: 0 }\n" * 200)
    storage = StaffFiles(location=tmp_path, base_url="/static/")

    stored = list(storage.compress_files(["staff.css"]))

    assert {made for _name, made in stored} == {"staff.css.gz"}
    assert (tmp_path / "staff.css.gz").stat().st_size < 500

"""Runs the notebooks on three publications: a real one, the same with hostile names, and the same without rows.

Usage: notebooks_test.py NOTEBOOKS PUBLISHED OUT. The executed notebooks and their pictures are left in OUT. The last
line says how many checks passed and failed. The real publication is read as a person does it, each notebook in a
process of its own; the other two in this process, because that takes a tenth of the time.
"""

import json
import os
import shutil
import sys
import warnings
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

HOSTILE = "<script>alert(1)</script> =1+1 \U0001f352 \u202eabc\u05d0 {0} **x**" + " long" * 1000
DIRECTION_MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ALLOWED = {"p", "bdi", "table", "thead", "tbody", "tr", "th", "td"}
NAMES = {"title", "name", "portrait_name", "from_name", "to_name"}


def main(notebooks, published, out):
    shutil.rmtree(out, ignore_errors=True)
    hostile, empty = out / "hostile" / "published", out / "empty" / "published"
    copy(published, hostile, with_hostile_names)
    add_nicknames(hostile)
    copy(published, empty, lambda columns: "SELECT * FROM rows WHERE false")
    files = sorted(notebooks.glob("*.ipynb"))
    sys.path.insert(0, str(notebooks))
    failures, passed = [], 0
    checks = [(what, file) for what in ("cleared", "real", "hostile names", "no rows") for file in files]
    for what, file in checks:
        try:
            if what == "cleared":
                require_cleared(file)
            elif what == "real":
                require_pictures(execute(file, published, out))
            elif what == "hostile names":
                require_text(run_here(file, hostile), "_names USING" in file.read_text(encoding="utf-8"))
            else:
                run_here(file, empty)
            passed += 1
            print(f"passed: {file.name}, {what}", flush=True)
        except (AssertionError, CellExecutionError) as failure:
            failures.append(file.name)
            print(f"FAILED: {file.name}, {what}: {failure}", flush=True)
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures or not files else 0


def copy(published, target, query):
    """Copies a publication; the rows of each table are what the query makes of them."""
    target.mkdir(parents=True)
    run = json.loads((published / "run.json").read_text())
    database = duckdb.connect()
    for table in run["tables"]:
        rows = database.read_parquet(str(published / table / "*.parquet"))
        database.register("rows", rows)
        (target / table).mkdir()
        database.execute(f"COPY ({query(rows.columns)}) TO '{target / table}/part.parquet' (FORMAT parquet)")
    (target / "run.json").write_text(json.dumps(run))


def add_nicknames(published):
    """Writes hostile nicknames of all KOCs."""
    (published / "user_card").mkdir(exist_ok=True)
    duckdb.connect().execute(
        "COPY (SELECT koc_id AS user_id, $name || koc_id AS user_name "
        f"FROM '{published}/koc_lifecycle/*.parquet') TO '{published}/user_card/part.parquet' (FORMAT parquet)",
        {"name": HOSTILE},
    )
    run = json.loads((published / "run.json").read_text())
    run["tables"]["user_card"] = 0
    (published / "run.json").write_text(json.dumps(run))


def with_hostile_names(columns):
    text = HOSTILE.replace("'", "''")
    # The number keeps names apart.
    renamed = [f"'{text}' || row_number() OVER () AS {name}" for name in columns if name in NAMES]
    return f"SELECT * REPLACE ({', '.join(renamed)}) FROM rows" if renamed else "SELECT * FROM rows"


def execute(file, published, out):
    """Executes a notebook and returns its outputs, which are sentences, tables and pictures, and no warning."""
    os.environ["KOC_PUBLISHED"] = str(published)
    notebook = nbformat.read(file, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(file.parent)}}).execute()
    nbformat.write(notebook, out / file.name)
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    for output in outputs:
        assert output.output_type == "display_data", f"an output that is no sentence, table or picture: {output}"
    for number, picture in enumerate(pictures(outputs), start=1):
        (out / f"{file.stem}-{number}.svg").write_text(picture, encoding="utf-8")
    return outputs


def run_here(file, published):
    """Runs the cells of a notebook in this process and returns their outputs."""
    os.environ["KOC_PUBLISHED"] = str(published)
    shell = InteractiveShell.instance(history_manager=None)
    shell.reset(new_session=False)
    outputs = []
    for cell in nbformat.read(file, as_version=4).cells:
        if cell.cell_type == "code":
            with capture_output() as captured, warnings.catch_warnings():
                warnings.simplefilter("error")
                result = shell.run_cell(cell.source)
            assert result.success, f"{result.error_before_exec or result.error_in_exec!r} in\n{cell.source}"
            outputs += captured.outputs
    return outputs


def pictures(outputs):
    return [output.data["image/svg+xml"] for output in outputs if "image/svg+xml" in output.data]


def require_cleared(file):
    for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [] and cell["execution_count"] is None, f"clear the outputs of {file.name}"


def require_pictures(outputs):
    drawn = pictures(outputs)
    assert len(drawn) >= 3, f"{len(drawn)} pictures"
    for picture in drawn:
        assert "NaN" not in picture and "undefined" not in picture, "a picture shows a value that is none"


def require_text(outputs, has_names):
    """Names are shown as text: no element but those of sentences, tables and pictures; no mark that turns direction."""
    seen = ""
    for output in outputs:
        if "image/svg+xml" in output.data:
            picture = ElementTree.fromstring(output.data["image/svg+xml"])
            for element in picture.iter():
                assert not element.tag.endswith("}script"), "a script in a picture"
                assert not any(name.startswith("on") for name in element.attrib), element.attrib
            seen += "".join(picture.itertext())
        if "text/html" in output.data:
            page = Page()
            page.feed(output.data["text/html"])
            page.close()
            assert page.elements <= ALLOWED, f"elements {page.elements - ALLOWED}"
            seen += page.text
    assert "<script>alert" in seen or not has_names, "the name is not shown"
    assert not set(seen) & set(DIRECTION_MARKS), "a mark that turns direction"
    assert " long" * 20 not in seen, "a long name is not shortened"


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.elements, self.text = set(), ""

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)

    def handle_data(self, data):
        self.text += data


if __name__ == "__main__":
    sys.exit(main(*(Path(argument).absolute() for argument in sys.argv[1:4])))

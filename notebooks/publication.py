"""Opens what koc-pipeline has published, and shows it.

`Publication` makes each published table a view in DuckDB. `say`, `table` and `show` put sentences, rows and charts into
a notebook. Names and titles come from customers, so all text is escaped. Nothing here needs a network.
"""

import html
import json
import re
from pathlib import Path

import altair as alt
import duckdb
import pandas as pd
from IPython.display import HTML, display

TOO_FEW = 10
"""A rate of fewer cases than this is called too small to judge."""

SURE, UNSURE, BAD = "#1b6ca8", "#b8bfc6", "#c8501e"
"""Colours of what is certainly good, of what is not certain, and of what is certainly bad."""

_CONTROLS = re.compile("[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")

_KOCS = " UNION ".join(
    f"SELECT koc_id FROM {name}" for name in ("koc_lifecycle", "koc_ranking", "koc_economics", "competition")
)


def plain(text, width=44):
    """Text on one line of at most `width` characters, without control characters and marks that turn its direction."""
    line = " ".join(_CONTROLS.sub(" ", str(text)).split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


class Publication:
    """The tables of one publication: `query` runs SQL over them. Each is a view with the name of the table.

    Three more views hold names, for charts and sentences: `koc_names` (koc_id, koc), `product_names` (product_id,
    product) and `portrait_names` (portrait_id, portrait). A KOC without a nickname is called by their id.
    """

    def __init__(self, published, warehouse=None):
        given = Path(published)
        pointer = given / "current.json"
        folder = given / json.loads(pointer.read_text())["folder"] if pointer.exists() else given
        if not (folder / "run.json").exists():
            raise FileNotFoundError(
                f"{given.absolute()}: nothing is published here (no run.json). Run bin/koc demo, or set KOC_PUBLISHED "
                "to the folder 'published' of your warehouse."
            )
        # The folder is a link that the next run replaces; what it points to stays for two more runs.
        self.folder = folder.resolve()
        self.warehouse = Path(warehouse) if warehouse else given.absolute().parent
        run = json.loads((self.folder / "run.json").read_text())
        self.day = run["day"]
        self.tables = run["tables"]
        self.db = duckdb.connect()
        for name in self.tables:
            self._view(name, [str(self.folder / name / "*.parquet")])
        self._name_views()

    def query(self, sql, **parameters):
        """The rows of a query, as a data frame. Parameters are written as $name."""
        return self.db.execute(sql, parameters or None).df()

    def open_internal(self, name, folder=None, newest=None):
        """Makes a view of an internal table, which is a Delta table. False when there is none, or none with rows.

        With `newest`, the name of a column, the view holds the rows with its greatest value.
        """
        from deltalake import DeltaTable

        path = Path(folder or self.warehouse) / name
        if not (path / "_delta_log").is_dir():
            return False
        files = DeltaTable(str(path)).file_uris()
        if files:
            self._view(name, files, f"QUALIFY {newest} = max({newest}) OVER ()" if newest else "")
        return bool(files)

    def _view(self, name, files, condition=""):
        listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
        self.db.execute(
            f'CREATE OR REPLACE VIEW "{name}" AS '
            f"SELECT * FROM read_parquet([{listed}], hive_partitioning = true) {condition}"
        )

    def _name_views(self):
        products = self.query("SELECT product_id, title FROM product_profile")
        products["product"] = [_label(title, product) for product, title in products.itertuples(index=False)]
        portraits = self.query("SELECT portrait_id, name FROM portraits")
        portraits["portrait"] = distinct(portraits["name"], portraits["portrait_id"])
        kocs = self.query(f"{_KOCS} ORDER BY koc_id")
        nicknames = self._nicknames()
        kocs["koc"] = [_label(nicknames.get(koc), koc) for koc in kocs["koc_id"]]
        for view, names in {"product_names": products, "portrait_names": portraits, "koc_names": kocs}.items():
            self.db.register(view, names.iloc[:, [0, -1]].astype(str))

    def _nicknames(self):
        """Nicknames by id: from the published cards, in older publications from the warehouse, else none."""
        if "user_card" in self.tables:
            names = self.query(
                f"SELECT user_id, user_name FROM user_card WHERE user_name <> user_id AND user_id IN ({_KOCS})"
            )
        elif self.open_internal("users"):
            names = self.query(
                f"SELECT user_id, nickname FROM users WHERE CAST(arrived AS VARCHAR) <= $day AND user_id IN ({_KOCS}) "
                "QUALIFY row_number() OVER (PARTITION BY user_id ORDER BY arrived DESC) = 1",
                day=self.day,
            ).dropna()
        else:
            return {}
        return dict(names.itertuples(index=False, name=None))


def _label(name, key):
    return f"{plain(name, 32)} ({key})" if isinstance(name, str) and plain(name) else str(key)


def distinct(names, keys):
    """Names on one line, with the key behind those that would be alike."""
    short = [plain(name) for name in names]
    return [f"{plain(name, 32)} ({key})" if short.count(name) > 1 else name for name, key in zip(short, keys)]


def say(sentence, **values):
    """Shows a sentence. Values replace their names in braces; texts are escaped, and keep their direction apart."""
    safe = {
        key: f"<bdi>{html.escape(plain(value))}</bdi>" if isinstance(value, str) else value
        for key, value in values.items()
    }
    display(HTML(f'<p style="font-size: 1.1em; max-width: 60em">{sentence.format(**safe)}</p>'))


def table(rows, limit=12):
    """Shows the first rows as a table: texts escaped, numbers with thousands and at most two decimals."""
    shown = rows.head(limit).copy()
    for column in shown.columns:
        shown[column] = [_cell(value) for value in shown[column]]
    shown.columns = [str(column).replace("_", " ") for column in shown.columns]
    display(HTML(shown.to_html(index=False, escape=True, border=0)))
    if len(rows) > limit:
        say("The first {limit} of {rows:,} rows.", limit=limit, rows=len(rows))


def _cell(value):
    if pd.isna(value):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, str):
        return plain(value, 60)
    return f"{value:,.0f}" if float(value).is_integer() or abs(value) >= 1000 else f"{value:,.2f}"


def show(chart, title):
    """Shows a chart under a title, as a picture that every viewer draws without a network."""
    display(chart.properties(title=plain(title, 110)))


def shortened(names):
    """The axis of names: long ones get room, and are cut with an ellipsis."""
    return alt.Axis(title=names, labelLimit=320)


def heatmap(
    rows, x, y, value, text, title, scale, dark, x_order=None, y_order=None, text_format=".1f", legend_format=".1f"
):
    """A chart of cells: colour and text are columns; the text is white where the expression `dark` is true."""
    cells = alt.Chart(rows).encode(
        x=alt.X(f"{x}:N", sort=x_order, axis=alt.Axis(title=None, labelAngle=-35, labelLimit=200)),
        y=alt.Y(f"{y}:N", sort=y_order, axis=shortened(None)),
    )
    return cells.mark_rect(stroke="white").encode(
        color=alt.Color(f"{value}:Q", scale=scale, legend=alt.Legend(title=title, format=legend_format))
    ) + cells.mark_text(fontSize=10).encode(
        text=alt.Text(f"{text}:Q", format=text_format),
        color=alt.condition(dark, alt.value("white"), alt.value("#222")),
    )


def diagonal_order(rows, x_order, x, y, value):
    """The values of y in the order in which their greatest value stands in x, so that a heat map has a diagonal."""
    firsts = rows.sort_values([value, y], ascending=[False, True]).drop_duplicates(y)
    places = firsts[x].map({name: place for place, name in enumerate(x_order)})
    return firsts.assign(place=places).sort_values(["place", value], ascending=[True, False])[y].tolist()


def labelled(chart, rows, x, y, text):
    """Adds names to the points of a chart, above or below them, so that names do not hide each other."""
    placed = []
    for _, row in rows.sort_values([x, y]).iterrows():
        # About the place in a picture of 560 x 320 pixels, with 6 pixels a letter.
        across, down = 560 * row[x] / (rows[x].max() or 1), -320 * row[y] / (rows[y].max() or 1)
        half = 3 * min(len(row[text]), 36)
        for offset in (-18, 20, -32, 34):
            taken = [abs(across - o) < half + h and abs(down + offset - d) < 12 for o, d, h, _, _ in placed]
            if not any(taken):
                break
        placed.append((across, down + offset, half, offset, row[[x, y, text]]))
    for offset in sorted({offset for *_, offset, _ in placed}):
        named = pd.DataFrame([row for *_, side, row in placed if side == offset]).astype({x: float, y: float})
        names = alt.Chart(named).mark_text(dy=offset, fontSize=11, limit=220)
        chart = chart + names.encode(x=f"{x}:Q", y=f"{y}:Q", text=f"{text}:N")
    return chart


def intervals(rows, y, value, low, high, colour, order, axis, scale=None):
    """A chart of intervals: one line a row with a point, coloured by a column that holds a colour."""
    scale = scale or alt.Scale(zero=False)
    base = alt.Chart(rows).encode(y=alt.Y(f"{y}:N", sort=order, axis=shortened(None)))
    colour = alt.Color(f"{colour}:N", scale=None)
    line = base.mark_rule(strokeWidth=2).encode(
        x=alt.X(f"{low}:Q", title=axis, scale=scale), x2=f"{high}:Q", color=colour
    )
    point = base.mark_point(filled=True, size=55, opacity=1).encode(x=alt.X(f"{value}:Q", scale=scale), color=colour)
    return line + point


def reference(value, label):
    """A dashed vertical line with a label: what the values are compared with."""
    rows = pd.DataFrame({"x": [value], "label": [label]})
    line = alt.Chart(rows).mark_rule(strokeDash=[4, 3], color="#444").encode(x="x:Q")
    text = alt.Chart(rows).mark_text(align="left", dx=4, dy=-6, baseline="bottom", color="#444")
    return line + text.encode(x="x:Q", y=alt.value(0), text="label:N")


@alt.theme.register("koc", enable=True)
def _theme():
    return {
        "config": {
            "view": {"continuousWidth": 560, "continuousHeight": 320, "discreteWidth": 560, "stroke": None},
            "font": "sans-serif",
            "title": {"anchor": "start", "fontSize": 15, "offset": 14},
            "axis": {
                "labelFontSize": 12,
                "titleFontSize": 12,
                "grid": True,
                "gridColor": "#eee",
                "domainColor": "#bbb",
            },
            "axisBand": {"grid": False},
            "legend": {"labelFontSize": 12, "titleFontSize": 12, "labelLimit": 320},
            "range": {"category": {"scheme": "tableau10"}},
        }
    }


alt.renderers.enable("svg")
alt.data_transformers.disable_max_rows()

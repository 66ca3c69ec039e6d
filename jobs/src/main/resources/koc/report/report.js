"use strict";
// Fills the page from the JSON in it. One function a section, listed at the end. Values become text nodes, never markup.
(() => {
  const byId = (id) => document.getElementById(id);
  const read = (id) => JSON.parse(byId("data-" + id).textContent);
  /** Rows as objects. */
  const rows = (id) => objects(read(id).columns, read(id).rows);
  const objects = (columns, values) =>
    values.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])));

  const report = read("report");
  const texts = read("texts");
  let language = report.languages[0];
  const charts = [];

  // ---- texts and numbers -------------------------------------------------------------------------------------------
  const t = (name, ...values) => {
    const pattern = texts[language][name];
    if (pattern === undefined) return name.slice(name.indexOf(".") + 1);
    return pattern
      .replace(/\{(\d)\|([^|}]*)\|([^|}]*)\}/g, (all, i, one, other) => (String(values[i]) === "1" ? one : other))
      .replace(/\{(\d)\}/g, (all, i) => values[i]);
  };
  const format = (options) => (value) =>
    value === null || value === undefined ? "–" : formatter(options).format(value);
  /** Making one takes long, so each is made once. */
  const formatters = new Map();
  const formatter = (options) => {
    const key = language + JSON.stringify(options);
    if (!formatters.has(key)) formatters.set(key, new Intl.NumberFormat(language, options));
    return formatters.get(key);
  };
  const whole = format({ maximumFractionDigits: 0 });
  const oneDecimal = format({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const percent = format({ style: "percent", maximumFractionDigits: 0 });
  const money = (value) => (value === null || value === undefined ? "–" : whole(value) + " " + report.currency);
  const amount = (value) => (value >= 10 ? whole(value) : oneDecimal(value));
  /** Whether an expectation is more than a 0 when it is rounded as amounts are. */
  const isShown = (value) => value >= 0.05;

  // ---- elements ----------------------------------------------------------------------------------------------------
  /** An element with attributes and children; texts are escaped by the browser. */
  const el = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  };
  const SVG = "http://www.w3.org/2000/svg";
  const svg = (name, attributes, ...children) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const fill = (id, ...children) => byId(id).replaceChildren(...children.flat().filter((child) => child));
  const note = (text) => el("p", { class: "note" }, text);
  /** At most so many characters; some shops put a whole description in a title. */
  const clip = (text, most) => (text.length > most && Array.from(text).length > most ? Array.from(text).slice(0, most).join("") + "…" : text);
  /** A name from the data: direction marks in it do not turn what follows. */
  const name = (text) => el("bdi", { class: "name", title: text.length > 80 ? text.slice(0, 1000) : null }, clip(text, 80));
  const hidden = (text) => el("span", { class: "hidden" }, text);

  /** A table; columns are {head, cell(row), number, sort(row)}. The first cell names the row. */
  const table = (caption, columns, items, options = {}) => {
    const shown = options.first || 15;
    const body = el("tbody");
    const add = (part) =>
      body.append(
        ...part.map((item) =>
          el("tr", {}, columns.map((column, i) => {
            const content = column.cell(item);
            const kind = i === 0 ? "th" : "td";
            return el(kind, { scope: i === 0 ? "row" : null, class: column.number ? "number" : column.wide ? "wide" : null, "data-head": column.head }, content);
          })),
        ),
      );
    add(items.slice(0, shown));
    const head = el("thead", {}, el("tr", {}, columns.map((column) =>
      el("th", { scope: "col", class: column.number ? "number" : null, "aria-sort": column.sorted || null }, column.button || column.head))));
    const parts = [
      el("div", { class: "scroll", role: "group", "aria-label": caption, tabindex: "0" },
        el("table", { class: options.cards ? "cards" : null }, el("caption", { class: "hidden" }, caption), head, body)),
    ];
    if (items.length > shown) {
      const button = el("button", { type: "button", class: "more" }, t("more", whole(items.length - shown)));
      let from = shown;
      const step = Math.max(shown, 100);
      button.addEventListener("click", () => {
        const next = body.children.length;
        add(items.slice(from, from + step));
        from += step;
        if (from >= items.length) button.remove();
        else button.textContent = t("more", whole(items.length - from));
        const first = body.children[next];
        const target = first && (first.querySelector("button") || first);
        if (target) { if (target === first) first.tabIndex = -1; target.focus(); }
      });
      parts.push(button);
    }
    return parts;
  };

  // ---- charts ------------------------------------------------------------------------------------------------------
  const color = (variable) => getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
  /** Colours of groups: told apart by most people with colour blindness; more groups get hues around the circle. */
  const PALETTE = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#8c6bb1", "#a6761d", "#7f7f7f", "#666600"];
  const groupColor = (i, of) => (of <= PALETTE.length ? PALETTE[i] : `hsl(${Math.round((360 * i) / of)} 55% 50%)`);

  /** A chart with a description for screen readers; drawn again in the colours of the theme. */
  const chart = (height, description, option) => {
    const box = el("div", { class: "chart", role: "img", "aria-label": description, style: `height:${height}px` });
    charts.push({ box, option });
    return box;
  };
  const draw = () => {
    for (const item of charts) {
      if (!item.box.isConnected || item.box.clientWidth === 0) continue;
      if (item.drawn) item.drawn.dispose();
      item.drawn = echarts.init(item.box, null, { renderer: "svg" });
      item.drawn.setOption({ animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: color("--ink") }, ...item.option() });
    }
  };
  const axis = (more) => ({
    axisLine: { lineStyle: { color: color("--line") } },
    axisTick: { show: false },
    axisLabel: { color: color("--quiet"), hideOverlap: true },
    splitLine: { lineStyle: { color: color("--faint") } },
    nameTextStyle: { color: color("--quiet") },
    ...more,
  });
  const tooltip = (formatter) => ({
    backgroundColor: color("--paper"), borderColor: color("--line"), textStyle: { color: color("--ink"), fontSize: 13 },
    confine: true, renderMode: "richText", formatter,
  });

  /** A horizontal interval with its middle and reference lines, on a logarithmic scale; it is sure above the first of them. */
  const interval = (low, middle, high, references, max, description) => {
    const x = (value) => (100 * Math.log(1 + Math.max(0, Math.min(value, max)))) / Math.log(1 + max);
    return svg("svg", { class: "interval", viewBox: "0 0 100 16", preserveAspectRatio: "none", role: "img", "aria-label": description },
      ...references.map((reference) => svg("line", { class: "reference", x1: x(reference), x2: x(reference), y1: 0, y2: 16 })),
      svg("rect", { class: low > references[0] ? "sure" : "unsure", x: x(low), y: 5, width: Math.max(1, x(high) - x(low)), height: 6, rx: 1 }),
      svg("rect", { class: "middle", x: x(middle) - 0.75, y: 2, width: 1.5, height: 12 }));
  };
  const share = (fraction, text) =>
    el("span", { class: "share" }, el("span", { class: "share-bar", "aria-hidden": "true" },
      el("span", { style: `width:${Math.round(100 * Math.max(0, Math.min(1, fraction || 0)))}%` })), el("span", {}, text));

  // ---- this week ---------------------------------------------------------------------------------------------------
  const week = () => {
    const actions = read("actions");
    byId("week-how").textContent = t("week.how.text", percent(report.assumedGain), money(report.minGain));
    byId("week-shares").textContent = kocs().length === 0 || kocs().some((koc) => koc.next && koc.next.extra_buyers_if_shared_low > 0) ? "" : t("week.noshare");
    if (actions.length === 0) return fill("actions", el("li", { class: "note" }, t("week.empty")));
    fill("actions", actions.map((action) => {
      const koc = action.koc && kocs().find((one) => one.koc_id === action.koc);
      return el("li", { class: "action" },
        el("p", {}, el("bdi", {}, action.texts[language]), action.kind === "share" && postsTooOften(koc) ? " " + t("kocs.instead") : ""),
        el("p", { class: "gain" }, t("week.gain." + action.kind, money(action.gain))),
        koc ? el("button", { type: "button", class: "plain", "aria-label": t("week.open", clip(koc.name, 80)), onclick: () => openCard(koc.koc_id) },
          el("span", { "aria-hidden": "true" }, "→")) : el("span"));
    }));
  };

  // ---- numbers -----------------------------------------------------------------------------------------------------
  const numbers = () => {
    const coverage = new Map(rows("coverageTrend").map((row) => [row.day, row.users ? row.reached / row.users : null]));
    const trend = rows("trend").map((row) => ({ ...row, coverage: coverage.get(row.day) ?? null }));
    if (trend.length === 0 || trend[trend.length - 1].day !== report.day) {
      trend.push({ day: report.day, kocs: 0, buyers: 0, sales: 0, customers: 0, lost: 0, coverage: coverage.get(report.day) ?? null });
    }
    const now = trend[trend.length - 1];
    /** The same number 30 days before; the credits of a purchase also need the days before it. */
    const knowsBefore = now.history_days >= 90;
    byId("numbers-lead").textContent = t(trend.length > 1 ? "numbers.lead" : knowsBefore ? "numbers.first.before" : "numbers.first");
    const previous = trend[trend.length - 2];
    const monthAgo = new Date(Date.parse(report.day) - 28 * 86400000).toISOString().slice(0, 10);
    const month = trend.filter((row) => row.day <= monthAgo).pop();
    const measures = [["sales", money], ["buyers", whole], ["customers", whole], ["coverage", percent], ["kocs", whole], ["lost", whole]];
    fill("tiles", measures.map(([key, show]) => {
      const label = t("numbers." + key);
      const change = (before) => {
        const difference = now[key] - before;
        const sign = difference > 0 ? "+" : difference < 0 ? "−" : "±";
        return el("b", {}, sign + (key === "coverage" ? oneDecimal(100 * Math.abs(difference)) + " pp" : show(Math.abs(difference))));
      };
      const compare = (before, when) => !before || before[key] === null || now[key] === null ? null
        : el("p", { class: "change" }, change(before[key]), " " + t("numbers." + when) + " ", el("span", { class: "quiet" }, before.day));
      const line = trend.length > 1
        ? chart(48, t("numbers.chart", label, whole(trend.length), show(trend[0][key]), show(now[key])), () => ({
            grid: { left: 2, right: 4, top: 4, bottom: 4 },
            xAxis: { type: "time", show: false },
            yAxis: { type: "value", scale: true, show: false },
            tooltip: { trigger: "axis", ...tooltip((points) => points[0].value[0] + "\n" + show(points[0].value[1])) },
            series: [{ type: "line", showSymbol: trend.length < 3, lineStyle: { width: 2 }, color: color("--accent"), data: trend.map((row) => [row.day, row[key]]) }],
          }))
        : null;
      return el("div", { class: "tile" }, el("h3", {}, label), el("p", { class: "big" }, show(now[key])),
        knowsBefore && (now[key + "_before"] ?? null) !== null ? el("p", { class: "change" }, change(now[key + "_before"]), " " + t("numbers.before", show(now[key + "_before"]))) : null,
        compare(previous, "previous"), month !== previous ? compare(month, "month") : null, line);
    }));
    if (trend.length > 1) {
      byId("tiles").after(el("details", { class: "as-table" }, el("summary", {}, t("table")),
        table(t("numbers.title"), [{ head: t("card.history.day"), cell: (row) => row.day },
          ...measures.map(([key, show]) => ({ head: t("numbers." + key), number: true, cell: (row) => show(row[key]) }))], trend.slice().reverse())));
    }
  };

  // ---- KOC board ---------------------------------------------------------------------------------------------------
  let knownKocs = null;
  /** The KOCs with what other tables say about them. */
  const kocs = () => {
    if (knownKocs) return knownKocs;
    const index = (id) => new Map(rows(id).map((row) => [row.koc_id, row]));
    const names = index("names");
    const lifecycle = index("lifecycle");
    const economics = index("economics");
    const next = index("next");
    const events = index("events");
    const stops = index("stops");
    knownKocs = rows("kocs").map((koc) => {
      const known = { ...koc, name: nameOf(koc.koc_id, names), life: lifecycle.get(koc.koc_id), economics: economics.get(koc.koc_id),
        next: productOf(next.get(koc.koc_id)), list: next.get(koc.koc_id), event: events.get(koc.koc_id) };
      known.watch = [
        koc.flight_risk >= report.minFlightRisk && "leaving", koc.credibility < 1 && "doubt", koc.days_above_cap > 0 && "posts",
        koc.is_ready === false && "ready", koc.products_blocked > 0 && "blocked", stops.has(koc.koc_id) && "stop", known.event && known.event.event === "grace" && "grace",
      ].filter(Boolean);
      known.words = [known.name, koc.koc_id, known.next && known.next.title, koc.main_category].join(" ").toLowerCase();
      return known;
    });
    knownKocs.sort((one, other) => one.rank - other.rank);
    return knownKocs;
  };
  const productOf = (row) => (row && row.product_id !== null ? row : undefined);
  const nameOf = (id, names) => (names.get(id) && names.get(id).nickname) || id;

  const board = { sort: "rank", descending: false };
  const SORTS = {
    rank: (koc) => koc.rank,
    name: (koc) => koc.name.toLowerCase(),
    moves: (koc) => koc.influence_low ?? -1,
    sales: (koc) => koc.net_sales_90d,
    pays: (koc) => (koc.economics && koc.economics.incremental_ratio) ?? -1,
    product: (koc) => (koc.next && koc.next.extra_margin_if_shared) ?? -Infinity,
  };
  const options = (id, key, values) => {
    const select = byId(id);
    const chosen = select.value;
    select.replaceChildren(el("option", { value: "" }, t("kocs.all")), ...values.map((value) => el("option", { value }, t(key + "." + value))));
    select.value = chosen;
  };
  const distinct = (values, order) => [...new Set(values)].filter(Boolean).sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const LEVELS = ["revoked", "recruit", "trainee", "bronze", "silver", "gold", "partner"];

  const kocBoard = () => {
    const all = kocs();
    options("filter-type", "type", distinct(all.map((koc) => koc.koc_type), ["employee", "guide", "external", "user"]));
    options("filter-level", "level", distinct(all.map((koc) => koc.level), LEVELS));
    options("filter-pays", "verdict", distinct(all.map((koc) => koc.economics && koc.economics.overall_verdict), VERDICTS));
    byId("filters").hidden = all.length === 0;
    showBoard();
    const waiting = recruits();
    const costs = new Map(rows("economics").map((row) => [row.koc_id, row]));
    const names = new Map(rows("names").map((row) => [row.koc_id, row]));
    const homes = new Map(rows("candidates").map((row) => [row.koc_id, row.county]));
    fill("recruits", waiting.length === 0 ? [] : [el("h3", {}, t("kocs.recruits")), table(t("kocs.recruits"), [
      { head: t("kocs.name"), cell: (row) => name(nameOf(row.koc_id, names)) },
      { head: t("kocs.type"), cell: (row) => t("type." + row.koc_type) },
      { head: t("kocs.recruits.pool"), number: true, cell: (row) => whole(row.pool_size) },
      { head: t("gaps.county"), cell: (row) => (homes.has(row.koc_id) ? name(homes.get(row.koc_id)) : "–") },
      { head: t("kocs.recruits.missing"), cell: (row) => row.missing || t("kocs.next.none") },
      { head: t("kocs.recruits.effect"), wide: true, cell: (row) => effectAndCost(row, costs).map((text) => el("span", { class: "small" }, text)) },
    ], waiting, { first: 5, cards: true })].flat());
  };

  /** A ratio: with two decimals where one would hide on which side of 1 it is. */
  const nearOne = (value) => (Math.abs(value - 1) < 0.1 ? format({ maximumFractionDigits: 2 })(value) : oneDecimal(value));
  /** Whom to recruit, the first one first: the same order as in the workbooks. */
  const recruits = () => rows("lifecycle").filter((row) => row.listed_as !== "koc").sort((a, b) => a.recruit_rank - b.recruit_rank);
  /** Whether the posts of somebody to recruit move people, and what they cost and brought so far. */
  const effectAndCost = (row, costs) => {
    const known = costs.get(row.koc_id);
    const effect = row.influence_lift === null ? t("kocs.recruits.unmeasured") : t("kocs.recruits." + row.listed_as, nearOne(row.influence_lift), nearOne(row.influence_low));
    if (!known) return [effect, t("kocs.recruits.cost.unknown")];
    const days = whole(report.costDays);
    return [
      effect,
      known.cost >= 0.5 ? t("kocs.recruits.cost", days, money(known.cost)) : null,
      known.commission_as_koc >= 0.5 ? t("kocs.recruits.commission", days, money(known.commission_as_koc)) : null,
      known.new_customers > 0 ? t("kocs.recruits.customers", days, whole(known.new_customers), money(known.customer_value)) : t("kocs.recruits.customers.none", days),
    ].filter(Boolean);
  };

  const showBoard = () => {
    const all = kocs();
    const words = byId("search").value.trim().toLowerCase();
    const wanted = { koc_type: byId("filter-type").value, level: byId("filter-level").value };
    const pays = byId("filter-pays").value;
    const key = SORTS[board.sort];
    const found = all
      .filter((koc) => koc.words.includes(words) && (!pays || (koc.economics && koc.economics.overall_verdict === pays)) &&
        Object.entries(wanted).every(([column, value]) => !value || koc[column] === value))
      .sort((one, other) => {
        const [a, b] = [key(one), key(other)];
        return (board.descending ? -1 : 1) * (a < b ? -1 : a > b ? 1 : 0) || one.rank - other.rank;
      });
    byId("kocs-count").textContent = all.length ? t("kocs.count", whole(found.length), whole(all.length)) : "";
    if (found.length === 0) return fill("board", note(t(all.length ? "kocs.nomatch" : "kocs.empty")));
    const maxLift = Math.max(2, ...all.map((koc) => koc.influence_high || 0));
    const head = (sort, number, cell) => {
      const label = t("kocs." + sort);
      const sorted = board.sort === sort;
      const button = el("button", { type: "button", class: "sort", "data-sort": sort, title: t("kocs.sort", label), onclick: () => {
        board.descending = sorted ? !board.descending : !["rank", "name"].includes(sort);
        board.sort = sort;
        showBoard();
        byId("board").querySelector(`[data-sort="${sort}"]`).focus();
      } }, label, el("span", { "aria-hidden": "true", class: "arrow" }, sorted ? (board.descending ? "↓" : "↑") : ""));
      return { head: label, button, number, cell, sorted: sorted ? (board.descending ? "descending" : "ascending") : null };
    };
    fill("board", table(t("kocs.title"), [
      head("name", false, (koc) => [el("button", { type: "button", class: "link", onclick: () => openCard(koc.koc_id) }, name(koc.name)), el("span", { class: "small" }, t("type." + koc.koc_type))]),
      head("rank", true, (koc) => whole(koc.rank)),
      head("moves", false, (koc) => moves(koc, maxLift)),
      head("sales", true, (koc) => money(koc.net_sales_90d)),
      { head: t("kocs.level"), wide: true, cell: (koc) => [el("span", { class: "badge level-" + koc.level }, t("level." + koc.level)), nextLevel(koc)] },
      head("pays", false, (koc) => verdict(koc.economics)),
      { head: t("kocs.watch"), cell: (koc) => (koc.watch.length ? [...koc.watch.map((key2) => el("span", { class: "badge warn" }, t("watch." + key2))),
        koc.blocked ? el("span", { class: "small" }, el("bdi", {}, koc.blocked)) : null].filter(Boolean) : "–") },
      { ...head("product", false, (koc) => nextProduct(koc)), wide: true },
    ], found, { first: innerWidth < 640 ? 8 : 20, cards: true }));
  };
  const moves = (koc, max) => koc.influence_lift === null
    ? el("span", { class: "quiet" }, t("kocs.moves.none"))
    : [el("span", { class: "moves" }, el("b", { "aria-hidden": "true" }, nearOne(koc.influence_lift) + "×"),
      interval(koc.influence_low, koc.influence_lift, koc.influence_high, [1], max,
        t("kocs.moves.unit", nearOne(koc.influence_lift), nearOne(koc.influence_low), nearOne(koc.influence_high)))),
      el("span", { class: "small", "aria-hidden": "true" }, t("kocs.moves.ends", nearOne(koc.influence_low), nearOne(koc.influence_high)))];
  const nextLevel = (koc) => {
    if (!koc.life) return null;
    const text = koc.life.next_level === null ? t("kocs.next.top") : koc.life.missing || t("kocs.next.none");
    return el("span", { class: "small" }, (koc.life.next_level ? t("level." + koc.life.next_level) + ": " : "") + text);
  };
  /** Whether a KOC posts too often, so that a share should replace another post. */
  const postsTooOften = (koc) => Boolean(koc) && (koc.days_above_cap > 0 || (koc.doubts || "").includes("spam"));
  /** What the pool buys anyway in the days after a post, and what the post adds. */
  const extraBuyers = (row) => {
    if (row.extra_buyers_if_shared === null) return t("extra.unknown");
    const buyers = (row.expected_buyers - row.from_influence) * row.extra_days / row.horizon_days;
    const days = whole(row.extra_days);
    const anyway = isShown(buyers) ? t("extra.anyway", amount(buyers), days) : t("extra.anyway.few", days);
    if (row.extra_buyers_if_shared_low <= 0) return anyway + "; " + t("extra.unsure");
    const [middle, low, high] = ["", "_low", "_high"].map((end) => row["extra_buyers_if_shared" + end]);
    if (!isShown(high)) return anyway + "; " + t("extra.little");
    return [anyway, !isShown(low) ? t("extra.most", amount(high)) : t("extra.sure", amount(middle), amount(low), amount(high)),
      row.is_above_record ? t("extra.above") : "",
      row.extra_buyers_if_shared > row.usual_buyers ? t("extra.upper") : "",
      row.no_buyer_chance > report.reportedNoBuyerChance ? t("extra.nobody") : ""].filter(Boolean).join("; ");
  };
  /** What the product posts of a KOC added so far, to hold against the forecast of one; empty where it is not measured. */
  const record = (koc) => {
    if (koc.extra_buyers_90d === null || koc.product_shares_90d === 0) return "";
    const shares = whole(koc.product_shares_90d);
    if (koc.extra_buyers_90d <= 0) return t("extra.record.none", shares);
    if (koc.extra_buyers_90d < 0.95) return t("extra.record.few", shares);
    const each = format({ maximumSignificantDigits: 2 })(koc.extra_buyers_90d / koc.product_shares_90d);
    return t("extra.record", shares, amount(koc.extra_buyers_90d), each);
  };
  /** What a share adds in money; empty where it is not known. */
  const extraMargin = (row) => {
    if (row.extra_margin_if_shared === null) return "";
    return t(row.extra_margin_if_shared_low > 0 ? "extra.margin" : "extra.margin.unsure", money(row.extra_margin_if_shared));
  };
  /** What the KOC does; of a sample, what it costs. */
  const advice = (row) => row.advice !== "sample first" ? t("advice." + row.advice)
    : row.unit_cost === null ? t("sample.unknown", t("advice.sample first")) : t("sample.cost", t("advice.sample first"), money(row.unit_cost));
  const nextProduct = (koc) => koc.next
    ? el("span", {}, name(koc.next.title || koc.next.product_id),
      el("span", { class: "small" }, [advice(koc.next), extraMargin(koc.next)].filter(Boolean).join(" · ")),
      el("span", { class: "small" }, extraBuyers(koc.next)),
      record(koc) ? el("span", { class: "small" }, record(koc)) : "",
      postsTooOften(koc) ? el("span", { class: "small" }, t("kocs.instead")) : "")
    : el("span", { class: "quiet" }, nothingToShare(koc, "kocs.product.none"));
  /** Why a KOC has no product to share, as far as the page knows. */
  const nothingToShare = (koc, otherwise) => koc.list && koc.list.is_actionable ? t("kocs.product.nogain")
    : koc.is_ready === false ? t("kocs.product.notready")
    : !koc.list ? t(otherwise)
    : koc.list.most_expected_buyers >= report.minActionableBuyers ? t("kocs.product.noeffect")
    : t("kocs.product.toofew", format({ maximumFractionDigits: 2 })(report.minActionableBuyers));
  const VERDICTS = ["loses_money", "not_caused", "healthy", "pays", "not_proven", "too_few_to_tell", "no_customer", "no_cost"];
  const badgeOf = (economics) => el("span", { class: "badge verdict-" + economics.overall_verdict }, t("verdict." + economics.overall_verdict));
  const verdict = (economics) => {
    if (!economics) return "–";
    const badge = badgeOf(economics);
    const customers = whole(economics.new_customers);
    const small = (text) => [badge, el("span", { class: "small" }, text)];
    if (economics.overall_verdict === "no_customer") return small(t("money.spent", money(economics.cost), whole(report.costDays)));
    if (economics.ltv_to_cac === null) return badge;
    if (isTooFew(economics)) return small(t("money.few", customers));
    return small(economics.incremental_ratio === null ? t("money.caused.unknown", ratio(economics, "ltv_to_cac"), customers)
      : t("money.caused.ratio", ratio(economics, "incremental_ratio"), customers));
  };
  /** Whether so few customers are known of a KOC that a ratio says nothing; the verdict says so. */
  const isTooFew = (economics) => economics.overall_verdict === "too_few_to_tell" && economics.new_customers < 10;
  /** A value over the cost, with its interval where there is one. */
  const ratio = (economics, key) => economics[key + "_low"] === null ? nearOne(economics[key])
    : t("money.caused.interval", nearOne(economics[key]), nearOne(economics[key + "_low"]), nearOne(economics[key + "_high"]));

  // ---- the card of a KOC -------------------------------------------------------------------------------------------
  const files = new Map();
  const waitingFor = new Map();
  window.kocReportCards = (file, cards) => { files.set(file, cards); };
  /** The cards of the file that has this KOC; a script element also loads from file://, where fetch does not. */
  const cardsOf = (id) => {
    if (report.cardFiles.length === 0) return Promise.resolve(byId("data-cards") ? read("cards") : {});
    let position = 0;
    while (position + 1 < report.cardStarts.length && report.cardStarts[position + 1] <= id) position++;
    const file = report.cardFiles[position];
    if (files.has(file)) return Promise.resolve(files.get(file));
    if (!waitingFor.has(file)) {
      waitingFor.set(file, new Promise((resolve, reject) => {
        document.head.append(el("script", { src: "data/" + file + ".js", onload: () => resolve(files.get(file)), onerror: reject }));
      }));
    }
    return waitingFor.get(file);
  };

  const openCard = async (id) => {
    const koc = kocs().find((one) => one.koc_id === id);
    byId("card-title").replaceChildren(name(koc.name), " ", el("span", { class: "quiet" }, koc.name === id ? "" : id));
    byId("card-body").replaceChildren(note(t("card.loading")));
    const dialog = byId("card");
    dialog.dataset.koc = id;
    if (!dialog.open) dialog.showModal();
    try {
      const stored = (await cardsOf(id))[id] || {};
      const part = (key) => objects(report.cardColumns[key] || [], stored[key] || []);
      byId("card-body").replaceChildren(...cardParts(koc, part).flat().filter(Boolean));
    } catch (failure) {
      byId("card-body").replaceChildren(note(t("card.failed")));
    }
    dialog.scrollTop = 0;
    draw();
  };

  const cardParts = (koc, part) => {
    const portraits = new Map(rows("portraits").map((row) => [row.portrait_id, row.name]));
    const mix = part("mix").sort((a, b) => b.members - a.members);
    const recommendations = part("recommendations").sort((a, b) => b.is_next_product - a.is_next_product ||
      (b.extra_margin_if_shared ?? -Infinity) - (a.extra_margin_if_shared ?? -Infinity) || a.rank - b.rank);
    const history = part("history");
    const words = part("words")[0] || {};
    const fact = (label, content) => el("div", {}, el("dt", {}, label), el("dd", {}, content));
    return [
      el("dl", { class: "facts" },
        fact(t("kocs.rank"), whole(koc.rank)),
        fact(t("kocs.type"), t("type." + koc.koc_type)),
        fact(t("kocs.level"), [t("level." + koc.level), koc.life ? el("span", { class: "small" }, t("card.since", koc.life.since)) : null].filter(Boolean)),
        fact(t("kocs.sales"), money(koc.net_sales_90d)),
        fact(t("kocs.pays"), verdict(koc.economics)),
        fact(t("kocs.moves"), moves(koc, Math.max(2, koc.influence_high || 0)))),
      words.next_action ? el("p", {}, el("b", {}, t("card.action") + ": "), el("bdi", {}, words.next_action)) : null,
      el("p", {}, el("b", {}, t("card.then") + ": "), el("bdi", {}, nextLevel(koc) || "–")),
      words.stop_sharing ? el("p", {}, el("b", {}, t("card.stop") + ": "), el("bdi", {}, words.stop_sharing)) : null,
      koc.event ? el("p", {}, el("b", {}, t("card.event") + ": "), t("event." + koc.event.event) + ". ", el("bdi", {}, koc.event.reason)) : null,
      words.readiness ? el("p", {}, el("b", {}, t("card.ready") + ": "), el("bdi", {}, words.readiness)) : null,
      el("h3", {}, t("card.recommendations")),
      record(koc) ? el("p", { class: "quiet" }, record(koc)) : null,
      koc.next ? (postsTooOften(koc) ? note(t("kocs.instead")) : null) : note(nothingToShare(koc, "card.recommendations.none")),
      recommendations.length ? el("ol", { class: "products" }, recommendations.map(recommendation)) : null,
      el("h3", {}, t("card.pool")),
      mix.length ? el("ul", { class: "bars" }, mix.map((row) => el("li", {}, name(portraits.get(row.portrait_id) || row.portrait_id),
        share(row.member_fraction, t("card.pool.members", whole(row.members)))))) : note(t("none")),
      el("h3", {}, t("card.history")),
      history.length > 1 ? [
        chart(120, t("numbers.chart", t("numbers.sales"), whole(history.length), money(history[0].net_sales_30d), money(history[history.length - 1].net_sales_30d)), () => ({
          grid: { left: 8, right: 12, top: 12, bottom: 4, containLabel: true },
          xAxis: axis({ type: "time", splitLine: { show: false } }),
          yAxis: axis({ type: "value", min: 0 }),
          series: [{ type: "line", color: color("--accent"), data: history.map((row) => [row.day, row.net_sales_30d]) }],
        })),
        table(t("card.history"), [
          { head: t("card.history.day"), cell: (row) => row.day },
          { head: t("kocs.rank"), number: true, cell: (row) => whole(row.rank) },
          { head: t("kocs.level"), cell: (row) => t("level." + row.level) },
          { head: t("numbers.sales"), number: true, cell: (row) => money(row.net_sales_30d) },
        ], history.slice().reverse(), { first: 5 }),
      ].flat() : note(t("card.history.first")),
      words.reasons ? el("details", {}, el("summary", {}, t("card.why")), el("p", {}, el("bdi", {}, words.reasons))) : null,
    ];
  };
  const CAUSES = ["from_portraits", "from_non_buyers", "from_item_model", "from_repurchase", "from_influence", "from_cold_start", "from_long_tail",
    "from_popularity", "from_monthly_popularity", "from_weekly_popularity", "from_pool", "from_portrait_popularity"];
  const recommendation = (row) => {
    const causes = CAUSES.filter((cause) => row[cause] > 0.005).sort((a, b) => row[b] - row[a]);
    const max = Math.max(...causes.map((cause) => row[cause]), 0.001);
    return el("li", {},
      el("p", { class: "product" }, name(row.title || row.product_id), el("span", { class: "quiet" }, [extraMargin(row), advice(row)].filter(Boolean).join(" · "))),
      el("p", { class: "small" }, el("bdi", {}, row.reason)),
      el("p", { class: "small" }, extraBuyers(row)),
      el("details", {}, el("summary", {}, t("card.breakdown")), el("ul", { class: "bars" },
        causes.map((cause) => el("li", {}, t("card." + cause), share(row[cause] / max, format({ maximumFractionDigits: 2 })(row[cause])))),
        el("li", { class: "total" }, el("b", {}, "= " + format({ maximumFractionDigits: 2 })(row.expected_buyers) + " " + t("card.total"))))));
  };

  // ---- users -------------------------------------------------------------------------------------------------------
  const users = () => {
    const portraits = rows("portraits").sort((a, b) => b.users - a.users);
    const position = new Map(portraits.map((row, i) => [row.portrait_id, i]));
    const hours = new Map(rows("hours").map((row) => [row.portrait_id, row]));
    const values = new Map(rows("values").map((row) => [row.portrait_id, row]));
    const products = rows("products");
    const colorOf = (id) => groupColor(position.get(id) ?? 0, portraits.length);
    if (portraits.length === 0) {
      fill("portraits", note(t("none")));
    } else {
      const card = (row) => {
        const active = hours.get(row.portrait_id);
        const bought = products.filter((product) => product.portrait_id === row.portrait_id && !product.has_few_stars).sort((a, b) => b.buyers - a.buyers).slice(0, 3);
        return el("article", { class: "portrait", style: "--group:" + colorOf(row.portrait_id) },
          el("h3", {}, name(row.name)),
          el("p", { class: "quiet" }, t("users.size", whole(row.users), percent(row.user_fraction))),
          el("dl", {},
            el("div", {}, el("dt", {}, t("users.spend")), el("dd", {}, money(row.net_spend_90d))),
            el("div", {}, el("dt", {}, t("users.orders")), el("dd", {}, oneDecimal(row.orders_90d))),
            el("div", {}, el("dt", {}, t("users.sharers")), el("dd", {}, percent(row.sharer_rate)))),
          row.top_categories ? el("p", { class: "small" }, el("b", {}, t("users.interest") + ": "), el("bdi", {}, row.top_categories)) : null,
          active ? activeHours(active) : null,
          bought.length ? el("p", { class: "small" }, el("b", {}, t("users.products") + ": "), bought.map((product, i) => [i ? ", " : "", name(product.title || product.product_id)]).flat()) : null);
      };
      const shown = 12;
      fill("portraits", portraits.slice(0, shown).map(card));
      if (portraits.length > shown) {
        const more = el("button", { type: "button", class: "more" }, t("more", whole(portraits.length - shown)));
        more.addEventListener("click", () => more.replaceWith(...portraits.slice(shown).map(card)));
        byId("portraits").append(more);
      }
    }
    userMap(portraits, colorOf);
    flows(colorOf);
    fill("portrait-values", values.size === 0 ? note(t("none")) : table(t("users.value"), [
      { head: t("users.portrait"), cell: (row) => name(row.name) },
      { head: t("users.users"), number: true, cell: (row) => whole(row.users) },
      { head: t("users.ltv"), number: true, cell: (row) => money(row.value && row.value.ltv) },
      { head: t("users.margin"), number: true, cell: (row) => money(row.value && row.value.margin) },
      { head: t("users.buying"), number: true, cell: (row) => percent(row.value && row.value.buying / row.value.users) },
      { head: t("users.dormant"), number: true, cell: (row) => percent(row.value && row.value.dormant / row.value.users) },
      { head: t("users.churned"), number: true, cell: (row) => percent(row.value && row.value.churned / row.value.users) },
    ], portraits.map((row) => ({ ...row, value: values.get(row.portrait_id) })), { cards: true }));
  };
  const HOURS = ["morning", "daytime", "evening", "night"];
  const activeHours = (row) => {
    const total = HOURS.reduce((sum, hour) => sum + (row[hour] || 0), 0);
    if (!total) return null;
    return el("div", { class: "hours" }, el("p", { class: "small" }, t("users.hours") + ": " + HOURS.map((hour) => t("users." + hour) + " " + percent(row[hour] / total)).join(", ")),
      el("div", { class: "hours-bar", "aria-hidden": "true" }, HOURS.map((hour) => el("span", { class: hour, style: `width:${(100 * row[hour]) / total}%` }))));
  };

  const userMap = (portraits, colorOf) => {
    const dots = rows("map");
    if (dots.length === 0) return fill("user-map", []);
    const groups = portraits.map((row) => ({ ...row, dots: dots.filter((dot) => dot.portrait_id === row.portrait_id) })).filter((row) => row.dots.length);
    fill("user-map", el("h3", {}, t("users.map")), el("p", { class: "quiet" }, t("users.map.how")),
      chart(420, t("users.map.alt", whole(dots.length), whole(groups.length)), () => ({
        grid: { left: 8, right: 8, top: 8, bottom: 8 },
        xAxis: { type: "value", show: false, scale: true }, yAxis: { type: "value", show: false, scale: true },
        tooltip: { trigger: "item", ...tooltip((point) => point.seriesName) },
        series: groups.map((row) => ({ type: "scatter", name: clip(row.name, 80), symbolSize: dots.length > 800 ? 5 : 7, color: colorOf(row.portrait_id),
          itemStyle: { opacity: 0.65 }, data: row.dots.map((dot) => [dot.x, dot.y]) })),
      })),
      el("ul", { class: "legend" }, groups.slice(0, 20).map((row) => el("li", { style: "--group:" + colorOf(row.portrait_id) }, name(row.name)))),
      el("details", { class: "as-table" }, el("summary", {}, t("table")), table(t("users.map"), [
        { head: t("users.portrait"), cell: (row) => name(row.name) },
        { head: t("users.users"), number: true, cell: (row) => whole(row.dots.length) },
        { head: t("users.map.center"), number: true, cell: (row) => ["x", "y"].map((way) => oneDecimal(row.dots.reduce((sum, dot) => sum + dot[way], 0) / row.dots.length)).join(" / ") },
      ], groups)));
  };

  /** Where new users come from, and where vanished ones go. */
  const NOBODY = "(none)";
  const flows = (colorOf) => {
    const moved = rows("flows").filter((row) => row.users > 0);
    if (moved.length === 0) return fill("flows", []);
    const changed = moved.filter((row) => row.from_portrait_id !== row.to_portrait_id).sort((a, b) => b.users - a.users);
    const between = changed.filter((row) => row.from_portrait_id !== NOBODY && row.to_portrait_id !== NOBODY);
    const stayed = moved.filter((row) => row.from_portrait_id === row.to_portrait_id);
    const sum = (list) => list.reduce((total, row) => total + row.users, 0);
    const drawn = moved.slice().sort((a, b) => b.users - a.users).slice(0, 60);
    const nodes = new Map();
    drawn.forEach((row) => {
      nodes.set("from " + row.from_portrait_id, { name: "from " + row.from_portrait_id, label: row.from_name, depth: 0, color: colorOf(row.from_portrait_id) });
      nodes.set("to " + row.to_portrait_id, { name: "to " + row.to_portrait_id, label: row.to_name, depth: 1, color: colorOf(row.to_portrait_id) });
    });
    fill("flows", el("h3", {}, t("users.flows")),
      chart(Math.min(700, 60 + 34 * Math.ceil(nodes.size / 2)), t("users.flows.alt", whole(sum(between)), whole(sum(stayed))), () => ({
        tooltip: { trigger: "item", ...tooltip((point) => (point.dataType === "edge" ? whole(point.value) : point.data.label)) },
        series: [{ type: "sankey", left: 4, right: 4, top: 8, bottom: 8, nodeWidth: 10, draggable: false, emphasis: { focus: "adjacency" },
          data: [...nodes.values()].map((node) => ({ name: node.name, label: { formatter: node.label, color: color("--ink"), position: node.depth ? "left" : "right", width: 240, overflow: "truncate" }, depth: node.depth, itemStyle: { color: node.color, borderWidth: 0 } })),
          links: drawn.map((row) => ({ source: "from " + row.from_portrait_id, target: "to " + row.to_portrait_id, value: row.users })),
          lineStyle: { color: "source", opacity: 0.25 } }],
      })),
      el("details", { class: "as-table" }, el("summary", {}, t("table")), table(t("users.flows"), [
        { head: t("users.flows.from"), cell: (row) => name(row.from_name || "–") },
        { head: t("users.flows.to"), cell: (row) => name(row.to_name || "–") },
        { head: t("users.users"), number: true, cell: (row) => whole(row.users) },
      ], [...changed, ...stayed])));
  };

  // ---- what to sell to whom ----------------------------------------------------------------------------------------
  /** A mark at a product with few stars. */
  const doubt = (hasFewStars) => (hasFewStars ? [" ", el("span", { class: "badge warn" }, t("selling.check"))] : null);
  const selling = () => {
    const fit = rows("fit");
    const portraits = rows("portraits").sort((a, b) => b.users - a.users).filter((row) => fit.some((cell) => cell.portrait_id === row.portrait_id));
    const cells = new Map(fit.map((cell) => [cell.category + "\n" + cell.portrait_id, cell]));
    const categories = [...new Set(fit.map((cell) => cell.category))].sort();
    const products = rows("products");
    if (fit.length === 0 || portraits.length === 0) {
      fill("heat", note(t("none")));
    } else {
      const panel = el("div", { class: "panel", role: "status" });
      const choose = (cell, portrait) => {
        const found = products.filter((row) => row.portrait_id === cell.portrait_id && (row.category === cell.category || row.category.startsWith(cell.category + " > ")));
        panel.replaceChildren(el("p", {}, el("b", {}, name(portrait.name), " · ", name(cell.category)), " " + oneDecimal(cell.lift) + "×"),
          found.length ? el("ul", {}, found.map((row) => el("li", {}, name(row.title || row.product_id), " ", el("span", { class: "quiet" }, oneDecimal(row.lift) + "×"), doubt(row.has_few_stars)))) : el("p", { class: "quiet" }, t("selling.noproducts")));
      };
      const heatCell = (category, portrait) => {
        const cell = cells.get(category + "\n" + portrait.portrait_id);
        if (!cell) return el("td", {}, "");
        const times = (value) => (value >= 0.95 ? oneDecimal(value) : format({ maximumFractionDigits: 2 })(value));
        const description = t("selling.cell", clip(category, 80), clip(portrait.name, 80), times(cell.lift), times(cell.lift_low), times(cell.lift_high), whole(cell.buyers));
        const more = cell.lift_low > 1;
        const less = cell.lift_high < 1;
        if (!more && !less) return el("td", { class: "unsure" }, el("span", { "aria-hidden": "true" }, "·"), hidden(t("selling.unsure")));
        const strength = more ? Math.min(5, Math.ceil(Math.log2(cell.lift) * 2)) : Math.min(5, Math.ceil(-Math.log2(Math.max(cell.lift, 0.05))));
        return el("td", { class: (more ? "hot" : "cold") + Math.max(1, strength) },
          el("button", { type: "button", title: description, onclick: () => choose(cell, portrait) }, times(cell.lift), hidden(" " + description)));
      };
      const head = el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("selling.category")), portraits.map((row) => el("th", { scope: "col" }, name(row.name)))));
      const body = el("tbody", {}, categories.map((category) => el("tr", {}, el("th", { scope: "row" }, name(category)), portraits.map((row) => heatCell(category, row)))));
      fill("heat",
        el("ul", { class: "legend" }, el("li", { class: "hot4" }, t("selling.more")), el("li", { class: "cold3" }, t("selling.less")), el("li", { class: "unsure" }, "· " + t("selling.unsure"))),
        el("div", { class: "scroll heat", role: "group", "aria-label": t("selling.title"), tabindex: "0" }, el("table", {}, el("caption", { class: "hidden" }, t("selling.title")), head, body)), panel);
    }
    const sharers = new Map();
    rows("sharers").forEach((row) => sharers.set(row.product_id, [...(sharers.get(row.product_id) || []), row]));
    const people = (all) => all.flatMap((koc, i) => [i ? ", " : "", name(koc.nickname || koc.koc_id)]);
    /** The three KOCs who shared a product most; the others unfold. */
    const sharersOf = (row) => {
      const all = sharers.get(row.product_id) || [];
      return all.length === 0 ? "–" : [...people(all.slice(0, 3)),
        all.length > 3 ? el("details", {}, el("summary", {}, t("selling.others", whole(all.length - 3))), people(all.slice(3))) : ""];
    };
    const stopped = rows("stopped").sort((a, b) => b.buyers - a.buyers);
    fill("stopped", stopped.length === 0 ? [] : [el("h3", {}, t("selling.stop")), el("p", { class: "quiet" }, t("selling.stop.lead")), table(t("selling.stop"), [
      { head: t("selling.product"), cell: (row) => name(row.title || row.product_id) },
      { head: t("selling.stars"), number: true, cell: (row) => oneDecimal(row.mean_rating) },
      { head: t("selling.buyers"), number: true, cell: (row) => whole(row.buyers) },
      { head: t("selling.sharers"), cell: (row) => sharersOf(row) },
      { head: t("selling.why"), cell: (row) => el("bdi", {}, row.quality_gate) },
    ], stopped, { first: 10, cards: true })].flat());
    const doubtful = rows("doubtful");
    fill("doubtful", doubtful.length === 0 ? [] : [el("h3", {}, t("selling.doubtful")), el("p", { class: "quiet" }, t("selling.doubtful.lead", oneDecimal(report.fewStars), whole(report.minVoices))), table(t("selling.doubtful"), [
      { head: t("selling.product"), cell: (row) => name(row.title || row.product_id) },
      { head: t("selling.todo"), cell: (row) => el("span", { class: "badge warn" }, t(!row.has_few_stars ? "selling.reorder" : row.is_in_stock ? "selling.check" : "selling.check.reorder")) },
      { head: t("selling.stars"), number: true, cell: (row) => oneDecimal(row.mean_rating) },
      { head: t("selling.reviews"), number: true, cell: (row) => whole(row.reviews) },
      { head: t("selling.complaints"), number: true, cell: (row) => whole(row.complaints) },
      { head: t("selling.buyers"), number: true, cell: (row) => whole(row.buyers) },
      { head: t("selling.lists"), number: true, cell: (row) => (row.has_few_stars ? whole(row.lists) : "–") },
    ], doubtful, { first: 12, cards: true })].flat());
  };

  // ---- where KOCs are missing --------------------------------------------------------------------------------------
  const gaps = () => {
    const counties = rows("counties").sort((a, b) => (b.gap > 0) - (a.gap > 0) || a.costs_exceed - b.costs_exceed || (b.unreached_margin_28d ?? -1) - (a.unreached_margin_28d ?? -1) || b.gap - a.gap);
    const onBoard = new Set(kocs().map((koc) => koc.koc_id));
    const spent = rows("economics").filter((row) => onBoard.has(row.koc_id)).map((row) => row.cost);
    const costOfKoc = spent.reduce((sum, cost) => sum + cost, 0) / spent.length * 28 / report.costDays;
    byId("gaps-cost").textContent = costOfKoc > 0 ? t("gaps.cost", money(costOfKoc)) : "";
    const names = new Map(rows("names").map((row) => [row.koc_id, row]));
    const place = (row) => JSON.stringify([row.province || "", row.city || "", row.county || ""]);
    const costs = new Map(rows("economics").map((row) => [row.koc_id, row]));
    /** What the KOCs of a county cost, and what they probably caused. */
    const spentThere = (row) => !row.koc_cost ? "–"
      : row.koc_caused_value === null ? t("gaps.money.unknown", money(row.koc_cost)) : t(row.costs_exceed ? "gaps.money.loses" : "gaps.money.of", money(row.koc_cost), money(row.koc_caused_value));
    const homes = new Map(rows("candidates").map((row) => [row.koc_id, place(row)]));
    const near = new Map();
    recruits().filter((row) => homes.has(row.koc_id)).forEach((row) => near.set(homes.get(row.koc_id), [...(near.get(homes.get(row.koc_id)) || []), row]));
    const regulars = (row) => (row.regular_customers ? [" ", t("gaps.regulars"), " ", name(row.regular_customers)] : null);
    /** How many KOCs are still to be found; where all would cost more than they are assumed to add, only one, as a test. */
    const toFindThere = (row, known, toFind) => !row.would_exceed
      ? el("span", { class: "small" }, t(known.length ? "gaps.find.more" : "gaps.find", whole(toFind)), regulars(row))
      : el("span", { class: "small" }, t(known.length ? "gaps.test.known" : "gaps.test", whole(row.gap), percent(report.assumedGain)), known.length ? null : regulars(row));
    /** Whom to recruit in a county with a gap, and how many are still to be found. */
    const nearest = (row) => {
      if (row.gap <= 0 || row.costs_exceed) return "–";
      const known = (near.get(place(row)) || []).slice(0, row.would_exceed ? 1 : row.gap);
      const toFind = row.would_exceed ? 1 : row.gap - known.length;
      return [...known.map((one) => el("p", {}, name(nameOf(one.koc_id, names)), ": " + (one.missing || t("kocs.next.none")),
        el("span", { class: "small" }, effectAndCost(one, costs).join(" ")))),
        toFind > 0 ? toFindThere(row, known, toFind) : null].filter(Boolean);
    };
    fill("counties", counties.length === 0 ? note(t("none")) : table(t("gaps.title"), [
      { head: t("gaps.county"), cell: (row) => [name(row.county), el("span", { class: "small" }, [row.province, row.city].filter(Boolean).join(" / "))] },
      { head: t("gaps.gap"), number: true, cell: (row) => el("b", {}, whole(row.gap)) },
      { head: t("gaps.kocs"), number: true, cell: (row) => t("gaps.of", whole(row.kocs), whole(row.target_kocs)) },
      { head: t("gaps.users"), number: true, cell: (row) => whole(row.users) },
      { head: t("gaps.reached"), cell: (row) => share(row.reached_rate, percent(row.reached_rate)) },
      { head: t("gaps.worth"), number: true, cell: (row) => money(row.unreached_margin_28d) },
      { head: t("gaps.money", whole(report.costDays)), number: true, cell: (row) => spentThere(row) },
      { head: t("gaps.nearest"), wide: true, cell: (row) => el("div", { class: "recruits" }, nearest(row)) },
    ], counties, { first: 10, cards: true }));
    const stages = ["acquired", "activated", "converted", "repeated"];
    const scenes = rows("funnel").sort((a, b) => b.acquired - a.acquired);
    const all = scenes.find((row) => row.scene === "*");
    fill("funnel", !all || !all.acquired ? note(t("none")) : [
      chart(190, t("gaps.funnel.alt", ...stages.map((stage) => whole(all[stage]))), () => ({
        grid: { left: 8, right: 40, top: 4, bottom: 4, containLabel: true },
        xAxis: { type: "value", show: false }, yAxis: axis({ type: "category", inverse: true, data: stages.map((stage) => t("gaps." + stage)), axisLine: { show: false } }),
        series: [{ type: "bar", barWidth: 22, color: color("--accent"), data: stages.map((stage) => all[stage]), label: { show: true, position: "right", color: color("--ink"), formatter: (point) => whole(point.value) } }],
      })),
      table(t("gaps.funnel"), [{ head: t("gaps.scene"), cell: (row) => t("scene." + row.scene) },
        ...stages.map((stage) => ({ head: t("gaps." + stage), number: true, cell: (row) => whole(row[stage]) }))], scenes)].flat());
    const groups = rows("groups");
    const states = rows("groupStates").map((row) => whole(row.groups) + " " + t("verdict." + row.verdict)).join(", ");
    fill("groups", groups.length === 0 ? note(t("gaps.groups.none")) : table(t("gaps.groups"), [
      { head: t("gaps.group"), cell: (row) => name(row.group_id) },
      { head: t("kocs.name"), cell: (row) => (row.koc_id === null ? "–" : name(row.nickname || row.koc_id)) },
      { head: t("gaps.lost"), number: true, cell: (row) => t("gaps.of", whole(row.leaves) + " + " + whole(row.mutes), whole(row.members + row.leaves)) },
      { head: t("gaps.verdict"), cell: (row) => [el("span", { class: "badge warn" }, t("verdict." + row.verdict)), el("bdi", {}, row.next_action), el("span", { class: "small" }, el("bdi", {}, row.reason))] },
    ], groups, { first: 8, cards: true }), states ? el("p", { class: "quiet" }, t("gaps.groups.states", states)) : null);
  };

  // ---- money -------------------------------------------------------------------------------------------------------
  const moneySection = () => {
    const ratioAtLeast = format({ maximumFractionDigits: 1 })(report.healthyRatio);
    const onBoard = new Set(kocs().map((koc) => koc.koc_id));
    byId("money-lead").textContent = t("money.lead", whole(report.costDays), ratioAtLeast) + " " + t("money.held");
    const names = new Map(rows("names").map((row) => [row.koc_id, row]));
    const economics = rows("economics").filter((row) => row.cost > 0 || row.new_customers > 0)
      .sort((a, b) => VERDICTS.indexOf(a.overall_verdict) - VERDICTS.indexOf(b.overall_verdict) || (b.incremental_ratio ?? -1) - (a.incremental_ratio ?? -1) || b.cost - a.cost);
    const max = Math.max(2 * report.healthyRatio, ...economics.filter((row) => !isTooFew(row)).map((row) => row.incremental_ratio_high || 0));
    const columns = [
      { head: t("money.ratio", ratioAtLeast), cell: (row) => row.new_customers === 0 || row.cost <= 0 ? el("span", { class: "quiet" }, t("verdict." + row.overall_verdict))
        : isTooFew(row) ? el("span", { class: "quiet" }, t("verdict.too_few_to_tell"))
        : row.incremental_ratio === null ? el("span", { class: "quiet" }, t("kocs.moves.none"))
        : [el("span", { class: "moves" }, el("b", { "aria-hidden": "true" }, nearOne(row.incremental_ratio)),
          interval(row.incremental_ratio_low ?? row.incremental_ratio, row.incremental_ratio, row.incremental_ratio_high ?? row.incremental_ratio, [1, report.healthyRatio], max, t("money.ratio.alt", nearOne(row.incremental_ratio), nearOne(row.incremental_ratio_low), nearOne(row.incremental_ratio_high)))),
        row.incremental_ratio_low === null ? "" : el("span", { class: "small", "aria-hidden": "true" }, t("money.ratio.ends", nearOne(row.incremental_ratio_low), nearOne(row.incremental_ratio_high)))] },
      { head: t("money.verdict"), cell: (row) => badgeOf(row) },
      { head: t("money.credited"), number: true, cell: (row) => (isTooFew(row) ? "–" : oneDecimal(row.ltv_to_cac)) },
      { head: t("money.customers", whole(report.costDays)), number: true, cell: (row) => [whole(row.new_customers),
        row.left_censored > 0 ? el("span", { class: "small" }, t("money.older", whole(row.left_censored))) : null] },
      { head: t("money.value"), number: true, cell: (row) => money(row.customer_value) },
      { head: t("money.cost", whole(report.costDays)), number: true, cell: (row) => money(row.cost) },
      { head: t("money.commission"), number: true, cell: (row) => money(row.commission) },
    ];
    fill("ratios", economics.length === 0 ? note(t("money.empty")) : table(t("money.title"), [{ head: t("kocs.name"), cell: (row) => [name(nameOf(row.koc_id, names)),
      onBoard.has(row.koc_id) ? null : el("span", { class: "small" }, t("money.notkoc"))] }, ...columns], economics, { first: 12, cards: true }));
    const kinds = ["commission", "ad", "gift", "coupon", "bonus", "training", "sample"];
    const costs = rows("costs");
    const withCost = costs.filter((row) => row.cost > 0);
    const label = (row) => (row.dimension === "koc_type" ? t("type." + row.name) : t("cost.unassigned", row.name));
    fill("costs", withCost.length === 0 ? note(t("money.empty")) : [
      chart(60 + 34 * withCost.length, t("money.costs.alt", withCost.map((row) => label(row) + " " + money(row.cost)).join(", ")), () => ({
        grid: { left: 8, right: 16, top: 34, bottom: 4, containLabel: true },
        legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12, textStyle: { color: color("--ink") } },
        tooltip: { trigger: "item", ...tooltip((point) => point.seriesName + ": " + money(point.value)) },
        xAxis: axis({ type: "value" }), yAxis: axis({ type: "category", inverse: true, data: withCost.map(label), axisLine: { show: false } }),
        series: kinds.filter((kind) => withCost.some((row) => row[kind] > 0)).map((kind) => ({ type: "bar", stack: "cost", name: t("cost." + kind), barWidth: 18, color: PALETTE[kinds.indexOf(kind)], data: withCost.map((row) => row[kind]) })),
      })),
      table(t("money.costs"), [{ head: t("money.kind"), cell: label }, { head: t("money.customers", whole(report.costDays)), number: true, cell: (row) => whole(row.new_customers) },
        { head: t("money.cac"), number: true, cell: (row) => row.cost === 0 ? t("money.nocost") : money(row.cac) },
        { head: t("money.cost", whole(report.costDays)), number: true, cell: (row) => money(row.cost) },
        ...kinds.map((kind) => ({ head: t("cost." + kind), number: true, cell: (row) => whole(row[kind]) }))], costs),
      costs.every((row) => row.commission === 0) ? el("p", { class: "quiet" }, t("money.commission.zero")) : null].flat());
  };

  // ---- what the run said -------------------------------------------------------------------------------------------
  /** What run.json says: the publication gate, tables without rows, and the notes of the jobs; null before publication. */
  const findings = (run) => {
    if (run === null) return note(t("trust.findings.none"));
    const empty = Object.entries(run.empty_tables).map(([name, why]) => ({ name, why }));
    return el("details", {}, el("summary", {}, t("trust.findings.open")),
      run.gate.length === 0 ? null : el("p", {}, el("b", {}, t("trust.gate") + ": "), el("bdi", {}, run.gate.join("; "))),
      empty.length === 0 ? note(t("trust.empty.none")) : table(t("trust.empty"), [
        { head: t("trust.empty"), cell: (row) => row.name },
        { head: t("trust.why"), wide: true, cell: (row) => el("bdi", {}, row.why) }], empty, { first: 8, cards: true }),
      run.notes.length === 0 ? null : [el("h4", {}, t("trust.notes")),
        el("ul", {}, run.notes.map((said) => el("li", {}, el("b", {}, said.job + ": "), el("bdi", {}, said.text))))]);
  };

  // ---- can I trust it ----------------------------------------------------------------------------------------------
  const trust = () => {
    const all = kocs();
    const sure = all.filter((koc) => koc.influence_low !== null && koc.influence_low > 1).length;
    const robots = rows("quality").find((row) => row.check_name === "robot" && row.rows > 0);
    const tenths = format({ style: "percent", maximumFractionDigits: 1 });
    fill("evidence", [
      rows("calibration").length === 0 ? t("trust.untested") : t("trust.tested"),
      t("trust.demand"),
      rows("economics").length === 0 ? null : t("money.held"),
      all.length === 0 ? null : t(sure === all.length ? "trust.evidence.all" : "trust.evidence", whole(all.length - sure), whole(all.length)),
      robots ? t("trust.robots", tenths(robots.failed / robots.rows)) : null,
    ].filter(Boolean).map((sentence) => el("li", {}, sentence)));
    const absent = rows("absent").map((row) => row.source).join(", ");
    byId("absent").textContent = absent ? t("trust.absent", absent) : t("trust.absent.none");
    const deciles = rows("calibration").map((row) => ({ ...row, expected: row.expected_buyers / row.recommendations, observed: row.observed_buyers / row.recommendations }));
    const sum = (key) => deciles.reduce((total, row) => total + row[key], 0);
    fill("calibration", deciles.length === 0 ? note(t("trust.calibration.none")) : [
      chart(300, t("trust.calibration.alt", deciles[0].day, whole(sum("expected_buyers")), whole(sum("observed_buyers"))), () => {
        const max = Math.max(...deciles.map((row) => Math.max(row.expected, row.observed)));
        return {
          grid: { left: 8, right: 16, top: 30, bottom: 24, containLabel: true },
          xAxis: axis({ type: "value", name: t("trust.expected"), nameLocation: "middle", nameGap: 26 }), yAxis: axis({ type: "value", name: t("trust.observed") }),
          series: [{ type: "line", showSymbol: false, silent: true, lineStyle: { color: color("--line"), type: "dashed" }, data: [[0, 0], [max, max]] },
            { type: "scatter", symbolSize: 10, color: color("--accent"), data: deciles.map((row) => [row.expected, row.observed]) }],
        };
      }),
      el("details", { class: "as-table" }, el("summary", {}, t("table")), table(t("trust.calibration"), [
        { head: "#", cell: (row) => whole(row.decile) },
        { head: t("trust.expected"), number: true, cell: (row) => oneDecimal(row.expected_buyers) },
        { head: t("trust.observed"), number: true, cell: (row) => whole(row.observed_buyers) }], deciles)),
    ].flat());
    const quality = rows("quality");
    const counted = quality.filter((row) => row.check_name === "records_counted");
    const rejected = new Map(quality.filter((row) => row.check_name === "reject_limit").map((row) => [row.source, row.failed]));
    const open = quality.filter((row) => row.verdict !== "pass" && row.failed > 0).sort((a, b) => b.failed - a.failed);
    const passed = quality.filter((row) => row.verdict === "pass" && row.failed > 0).sort((a, b) => b.failed - a.failed);
    const foundTable = (caption, found) => table(caption, [
      { head: t("trust.source"), cell: (row) => row.source },
      { head: t("trust.verdict"), cell: (row) => el("span", { class: "badge " + (row.verdict === "pass" ? "" : "warn") }, t("verdict." + row.verdict)) },
      { head: t("trust.found"), cell: (row) => el("bdi", {}, row.explanation) }], found, { first: 8, cards: true });
    fill("checks", [
      counted.length === 0 ? null : table(t("trust.rows"), [
        { head: t("trust.source"), cell: (row) => row.source },
        { head: t("trust.rows"), number: true, cell: (row) => whole(row.rows) },
        { head: t("trust.rejected"), number: true, cell: (row) => whole(rejected.get(row.source) || 0) }], counted),
      open.length === 0 ? note(t("trust.checks.none")) : foundTable(t("trust.checks"), open),
      passed.length === 0 ? null : el("details", {}, el("summary", {}, t("trust.checks.passed")), foundTable(t("trust.checks.passed"), passed))].flat());
    fill("findings", findings(read("run")));
    byId("run").textContent = t("trust.run", report.day, report.version, report.settings);
  };

  // ---- the page ----------------------------------------------------------------------------------------------------
  const SECTIONS = [week, numbers, kocBoard, users, selling, gaps, moneySection, trust];
  const show = () => {
    charts.forEach((item) => item.drawn && item.drawn.dispose());
    charts.length = 0;
    document.documentElement.lang = language;
    document.title = t("title") + " " + report.day;
    document.querySelectorAll("[data-t]").forEach((element) => { element.textContent = t(element.dataset.t); });
    document.querySelectorAll("[data-label]").forEach((element) => { element.setAttribute("aria-label", t(element.dataset.label)); });
    document.querySelectorAll("section > details.as-table").forEach((element) => element.remove());
    for (const section of SECTIONS) section();
    draw();
  };
  // Charts inside folded parts and in a changed window are drawn when they are seen.
  document.addEventListener("toggle", draw, true);
  let timer;
  window.addEventListener("resize", () => { clearTimeout(timer); timer = setTimeout(draw, 150); });
  window.addEventListener("beforeprint", draw);

  let typing;
  byId("search").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(showBoard, 120); });
  byId("filters").addEventListener("change", showBoard);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("card-close").addEventListener("click", () => byId("card").close());
  byId("card").addEventListener("click", (event) => { if (event.target === byId("card")) byId("card").close(); });
  if (byId("language")) {
    byId("language").addEventListener("change", (event) => { language = event.target.value; show(); });
  }
  byId("theme").addEventListener("click", () => {
    const isDark = (document.documentElement.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
    document.documentElement.dataset.theme = isDark ? "light" : "dark";
    draw();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  show();
  document.documentElement.dataset.ready = "true";
})();

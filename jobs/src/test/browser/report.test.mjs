// Opens the report in a real browser, as a person would, and fails on whatever a person would notice.
// node report.test.mjs --browser CHROMIUM --page index.html --out FOLDER [--empty] [--charts N]
// --empty: there are no KOCs to filter, sort and open; --charts: at least so many charts are expected
import assert from "node:assert/strict";
import { readFileSync, mkdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const { values } = parseArgs({
  options: { browser: { type: "string" }, page: { type: "string" }, out: { type: "string" }, empty: { type: "boolean" }, charts: { type: "string", default: "0" } },
});
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
mkdirSync(values.out, { recursive: true });
const address = pathToFileURL(values.page).href;
const folder = address.slice(0, address.lastIndexOf("/") + 1);

const browser = await chromium.launch({ executablePath: values.browser, args: ["--no-sandbox", "--allow-file-access-from-files"] });
let passed = 0;
let failed = 0;
const check = async (name, body) => {
  try {
    await body();
    passed++;
  } catch (failure) {
    failed++;
    console.log(`not ok: ${name}\n${String(failure.stack || failure).split("\n").slice(0, 12).join("\n")}`);
  }
};

/** A page that records messages and requests; the test ends with none of either. */
const open = async (size, theme = "light") => {
  const context = await browser.newContext({ viewport: size, colorScheme: theme, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.messages = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && page.messages.push(message.text()));
  page.on("pageerror", (failure) => page.messages.push(String(failure)));
  page.on("request", (request) => request.url().startsWith(folder) || request.url().startsWith("data:") || page.messages.push("request " + request.url()));
  // Seconds of the processor, not of the clock: other programs on the machine do not count.
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.goto(address);
  await page.waitForSelector("html[data-ready]");
  page.readyAfter = (await session.send("Performance.getMetrics")).metrics.find((metric) => metric.name === "TaskDuration").value;
  return page;
};
const close = async (page) => {
  assert.deepEqual(page.messages, []);
  await page.context().close();
};
const violations = async (page) => {
  await page.evaluate(axe);
  const result = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return result.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.impact} ${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary.split("\n")[1] || ""}`));
};
const isFilled = !values.empty;
const languages = async (page) => page.$$eval("#language option", (options) => options.map((option) => option.value));

await check("the page is below 5 MB", () => assert.ok(statSync(values.page).size < 5_000_000));

for (const theme of ["light", "dark"]) {
  for (const [name, size] of Object.entries({ phone: { width: 390, height: 844 }, tablet: { width: 768, height: 1024 }, desk: { width: 1440, height: 900 } })) {
    await check(`${name}, ${theme}: nothing is wrong and nothing is cut off`, async () => {
      const page = await open(size, theme);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, "the page scrolls sideways");
      await page.evaluate(() => document.querySelectorAll("main details").forEach((part) => { part.open = true; }));
      assert.deepEqual(await violations(page), []);
      await page.evaluate(() => document.querySelectorAll("main details").forEach((part) => { part.open = false; }));
      await page.screenshot({ path: `${values.out}/${name}-${theme}.png`, fullPage: true });
      await close(page);
    });
  }
}

await check("every chart is drawn and has a text alternative", async () => {
  const page = await open({ width: 1440, height: 900 });
  await page.evaluate(() => document.querySelectorAll("main details").forEach((part) => { part.open = true; }));
  const charts = await page.$$eval(".chart", (boxes) => boxes.map((box) => ({ label: box.getAttribute("aria-label"), marks: box.querySelectorAll("svg path").length })));
  assert.ok(charts.length >= Number(values.charts), `${charts.length} charts`);
  charts.forEach((chart) => {
    assert.ok(chart.label, "a chart has no description");
    assert.ok(chart.marks > 0, `not drawn: ${chart.label}`);
  });
  assert.ok(page.readyAfter < 2, `interactive after ${page.readyAfter} seconds`);
  console.log(`interactive after ${page.readyAfter.toFixed(2)} seconds of the processor`);
  await close(page);
});

await check("every language says everything in it", async () => {
  const page = await open({ width: 1440, height: 900 });
  for (const language of await languages(page)) {
    await page.selectOption("#language", language);
    assert.equal(await page.getAttribute("html", "lang"), language);
    const title = await page.textContent("#kocs-title");
    assert.match(title, language === "zh" ? /列表/ : /board/);
    assert.deepEqual(await page.evaluate(() => [...document.body.innerText.matchAll(/\b(undefined|NaN|null|\[object)\b|\{\d\}|\uFFFD/g)].map((found) => found[0])), []);
    await page.screenshot({ path: `${values.out}/desk-${language}.png`, fullPage: true });
  }
  assert.deepEqual(await violations(page), []);
  await close(page);
});

/** Rows of a query, as the page has them. */
const rowsOf = (page, id) => page.evaluate((name) => {
  const data = JSON.parse(document.getElementById("data-" + name).textContent);
  return data.rows.map((row) => Object.fromEntries(data.columns.map((column, i) => [column, row[i]])));
}, id);

await check("users who are new or gone have not moved between portraits", async () => {
  const page = await open({ width: 1440, height: 900 });
  const flows = (await rowsOf(page, "flows")).filter((row) => row.users > 0);
  if (flows.length > 0) {
    const moved = flows.filter((row) => row.from_portrait_id !== row.to_portrait_id && ![row.from_portrait_id, row.to_portrait_id].includes("(none)"));
    const label = await page.getAttribute("#flows .chart", "aria-label");
    assert.equal(Number(label.match(/[\d,]+/)[0].replace(/,/g, "")), moved.reduce((sum, row) => sum + row.users, 0));
  }
  await close(page);
});

await check("rows read and rejected are shown for each source", async () => {
  const page = await open({ width: 1440, height: 900 });
  const quality = await rowsOf(page, "quality");
  const counted = quality.filter((row) => row.check_name === "records_counted");
  const shown = await page.$$eval("#checks tbody tr", (lines) => lines.map((line) => [...line.children].map((cell) => cell.textContent)));
  for (const source of counted) {
    const limit = quality.find((row) => row.check_name === "reject_limit" && row.source === source.source);
    const number = (value) => new Intl.NumberFormat("en").format(value);
    assert.ok(shown.some((cells) => cells.join() === [source.source, number(source.rows), number(limit ? limit.failed : 0)].join()), source.source);
  }
  await close(page);
});

/** Rows of a table, each a list of the texts of its cells, after its button for more has been clicked. */
const cellsOf = async (page, id) => {
  while (await page.$(`#${id} .more`)) await page.click(`#${id} .more`);
  return page.$$eval(`#${id} tbody tr`, (lines) => lines.map((line) => [...line.children].map((cell) => cell.textContent)));
};

await check("Money says how many new customers of each person may have bought before", async () => {
  const page = await open({ width: 1440, height: 900 });
  const whole = (value) => new Intl.NumberFormat("en").format(value);
  const expected = (await rowsOf(page, "economics")).filter((row) => row.cost > 0 || row.new_customers > 0)
    .map((row) => whole(row.new_customers) + (row.left_censored > 0 ? `+ ${whole(row.left_censored)} more who may have bought before` : ""));
  const shown = (await cellsOf(page, "ratios")).map((cells) => cells[4]);
  assert.deepEqual(shown.sort(), expected.sort());
  await close(page);
});

await check("a county whose KOCs would cost more than they add gets one as a test, or none", async () => {
  const page = await open({ width: 1440, height: 900 });
  const about = await page.evaluate(() => JSON.parse(document.getElementById("data-report").textContent));
  const counties = await rowsOf(page, "counties");
  const shown = await cellsOf(page, "counties");
  assert.equal(shown.length, counties.length);
  for (const cells of shown) {
    const row = counties.find((one) => cells[0] === one.county + [one.province, one.city].filter(Boolean).join(" / "));
    const [, , , , , , spentThere, whom] = cells;
    assert.equal(/find out why/.test(spentThere), row.costs_exceed, cells.join());
    const pays = row.unreached_margin_28d === null || Math.round(row.missing_kocs_cost_28d) <= Math.round(row.unreached_margin_28d * about.assumedGain);
    if (row.gap <= 0 || row.costs_exceed) assert.equal(whom, "–");
    else assert.ok(whom.length > 1, cells.join());
    if (row.gap > 0 && !row.costs_exceed) assert.equal(/as a test/.test(whom), !pays, cells.join());
    if (/Find \d/.test(whom)) assert.equal(pays, true, cells.join());
  }
  await close(page);
});

await check("the page of a published run says what the run found", async () => {
  const page = await open({ width: 1440, height: 900 });
  const run = await page.evaluate(() => JSON.parse(document.getElementById("data-run").textContent));
  const shown = await page.textContent("#findings");
  assert.ok(shown.trim(), "#findings is empty");
  if (run !== null) {
    const tables = await page.$$eval("#findings tbody th", (cells) => cells.map((cell) => cell.textContent));
    assert.deepEqual(tables, Object.keys(run.empty_tables).slice(0, 8));
    assert.equal(await page.$$eval("#findings li", (lines) => lines.length), run.notes.length);
    run.gate.forEach((verdict) => assert.ok(shown.includes(verdict), verdict));
  }
  await close(page);
});

if (isFilled) {
  await check("no column of the KOC board is cut off on a desk", async () => {
    const page = await open({ width: 1440, height: 900 });
    for (const language of await languages(page)) {
      await page.selectOption("#language", language);
      assert.equal(await page.$eval("#board .scroll", (box) => box.scrollWidth > box.clientWidth), false, language);
    }
    assert.equal(await page.$eval("#board .scroll", (box) => box.scrollWidth > box.clientWidth), false);
    await close(page);
  });

  const ids = (page) => page.$$eval("#board tbody th button", (cells) => cells.map((cell) => cell.textContent));

  await check("filter, sort, search and card by mouse", async () => {
    const page = await open({ width: 1440, height: 900 });
    const all = await ids(page);
    assert.ok(all.length > 0);
    await page.click("#board [data-sort=sales]");
    const sales = (await page.$$eval("#board tbody td:nth-of-type(3)", (cells) => cells.map((cell) => cell.textContent))).map((text) => Number(text.replace(/[^\d-]/g, "")));
    assert.deepEqual(sales, [...sales].sort((a, b) => b - a));
    assert.equal(await page.getAttribute("#board th:has([data-sort=sales])", "aria-sort"), "descending");
    const type = await page.$eval("#filter-type option:nth-child(2)", (option) => option.value);
    await page.selectOption("#filter-type", type);
    const some = await ids(page);
    assert.ok(some.length > 0 && some.length <= all.length);
    await page.selectOption("#filter-type", "");
    await page.fill("#search", all[0]);
    await page.waitForFunction((name) => document.querySelector("#board tbody th button").textContent === name, all[0]);
    await page.fill("#search", "no such person");
    await page.waitForSelector("#board .note");
    await page.fill("#search", "");
    await page.waitForSelector("#board tbody");
    await page.click("#board tbody th button");
    await page.waitForSelector("#card[open] h3");
    assert.deepEqual(await violations(page), []);
    await page.screenshot({ path: `${values.out}/card.png` });
    await page.click("#card-close");
    assert.equal(await page.$eval("#card", (card) => card.open), false);
    await close(page);
  });

  await check("filter, sort, search and card by keyboard", async () => {
    const page = await open({ width: 1440, height: 900 });
    await page.focus("#search");
    const all = await ids(page);
    const first = all[0];
    const count = await page.textContent("#kocs-count");
    await page.keyboard.type(first);
    // With one KOC the count stays as it was.
    if (all.length > 1) await page.waitForFunction((before) => document.querySelector("#kocs-count").textContent !== before, count);
    else await page.waitForTimeout(500);
    assert.equal((await ids(page))[0], first);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.id), "filter-type");
    for (let i = 0; i < 20 && !(await page.evaluate(() => document.activeElement.dataset.sort === "moves")); i++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.dataset.sort), "moves");
    assert.equal(await page.getAttribute("#board th:has([data-sort=moves])", "aria-sort"), "descending");
    for (let i = 0; i < 20 && !(await page.evaluate(() => document.activeElement.className === "link")); i++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#card[open] h3");
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press("Escape");
    assert.equal(await page.$eval("#card", (card) => card.open), false);
    assert.equal(await page.evaluate(() => document.activeElement.className), "link");
    await close(page);
  });

  await check("a card fits a phone", async () => {
    const page = await open({ width: 390, height: 844 });
    await page.click("#board tbody th button");
    await page.waitForSelector("#card[open] h3");
    assert.equal(await page.$eval("#card", (card) => card.scrollWidth > card.clientWidth), false);
    await page.screenshot({ path: `${values.out}/card-phone.png` });
    await close(page);
  });
}

await check("the theme button changes the colours", async () => {
  const page = await open({ width: 1440, height: 900 });
  const before = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.click("#theme");
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), before);
  assert.deepEqual(await violations(page), []);
  await close(page);
});

await check("it prints", async () => {
  const page = await open({ width: 1024, height: 900 });
  const pdf = await page.pdf({ path: `${values.out}/report.pdf`, format: "A4", printBackground: true, margin: { top: "15mm", bottom: "15mm", left: "12mm", right: "12mm" } });
  assert.ok(pdf.length > 20_000);
  await close(page);
});

if (isFilled) {
  await check("a picture for the README", async () => {
    const page = await open({ width: 1280, height: 1400 });
    await page.screenshot({ path: `${values.out}/report.png` });
    await close(page);
  });
}

await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

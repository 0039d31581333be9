// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// Opens pages in headless Chromium and does in them what a person would; prints what it saw as JSON.
//
// usage: node page.cjs FOLDER page FILE SHOT    the page of show-trace --format html
//        node page.cjs FOLDER svg FILE SHOT     the picture of --format svg
//        node page.cjs FOLDER speedscope URL SHOT    speedscope, with a profile in its URL
const [, , folder, what, target, shot] = process.argv;
const { chromium } = require(folder + "/node_modules/playwright-core");

const switches = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

async function usePage(page) {
  const seen = {};
  const text = (selector) => page.locator(selector).allTextContents();
  await page.locator(".row").first().waitFor();
  seen.title = await page.title();
  seen.rows = await page.locator(".row").count();
  seen.height = await page.locator("#space").evaluate((node) => node.clientHeight / 24);
  seen.chosenByKey = await (async () => {
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    return page.locator("#details h2").textContent();
  })();
  seen.details = (await text("#details td")).concat(await text("#details th"), await text("#details h3"));
  seen.labels = await text("#axis span");
  await page.keyboard.press("+");
  seen.labelsZoomed = await text("#axis span");
  await page.keyboard.press("0");
  const bars = await page.locator(".bars").first().boundingBox();
  await page.mouse.move(bars.x + bars.width * 0.25, bars.y + 8);
  await page.mouse.down();
  await page.mouse.move(bars.x + bars.width * 0.5, bars.y + 8, { steps: 3 });
  await page.mouse.up();
  seen.labelsDragged = await text("#axis span");
  await page.keyboard.press("0");
  await page.mouse.move(bars.x + bars.width * 0.5, bars.y + 8);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -100);
  await page.keyboard.up("Control");
  await page.waitForFunction((before) => document.querySelector("#axis").textContent !== before, seen.labels.join(""));
  seen.labelsWheel = await text("#axis span");
  await page.keyboard.press("0");
  await page.keyboard.press("[");
  seen.heightFolded = await page.locator("#space").evaluate((node) => node.clientHeight / 24);
  await page.keyboard.press("]");
  await page.fill("#search", "SELECT");
  await page.waitForFunction(() => document.querySelector("#matches").textContent !== "");
  seen.found = await page.locator("#matches").textContent();
  await page.keyboard.press("Enter");
  seen.chosenBySearch = await page.locator("#details h2").textContent();
  await page.fill("#search", "no such text anywhere");
  await page.waitForFunction(() => document.querySelector("#matches").textContent.startsWith("nothing"));
  await page.fill("#search", "");
  await page.locator("#rows").focus();
  await page.keyboard.press("Home");
  await page.locator(".row").first().click({ position: { x: 60, y: 10 } });
  seen.chosenByClick = await page.locator("#details h2").textContent();
  seen.clicked = await text("#details td");
  seen.hacked = await page.evaluate(() => window.hacked ?? null);
  seen.images = await page.locator("img").count();
  return seen;
}

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: switches });
  const page = await browser.newPage({ viewport: { width: 1200, height: 700 } });
  const requests = [], complaints = [];
  // speedscope draws with WebGL, whose drivers warn of what is slow.
  const bad = what === "speedscope" ? ["error"] : ["error", "warning"];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => { if (bad.includes(message.type())) complaints.push(message.text()); });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.setDefaultTimeout(60000);
  await page.goto(target);
  let seen = {};
  if (what === "page") seen = await usePage(page);
  if (what === "svg") seen.texts = await page.locator("text").allTextContents();
  if (what === "speedscope") {
    await page.waitForFunction(() => document.title !== "speedscope" && document.title !== "", null, { timeout: 60000 });
    seen.title = await page.title();
  }
  await page.screenshot({ path: shot });
  await browser.close();
  console.log(JSON.stringify({ ...seen, requests, complaints }));
})().catch((error) => {
  console.error(error);
  process.exit(1);
});

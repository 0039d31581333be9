"use strict";
// Draws the trace that stands in #data. What comes from the trace reaches the page as text only
// (textContent), never as HTML.
(() => {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const { texts, services, resources, scopes } = data;
  // The places of a span's fields, as trace_html.cpp writes them.
  const [PARENT, SERVICE, NAME, KIND, START, DURATION, SELF, FLAGS, ID, MESSAGE, RESOURCE, SCOPE,
    ATTRIBUTES, EVENTS, LINKS, WARNINGS] = Array(16).keys();
  const FAILED = 1, CRITICAL = 2, OK = 4;
  const KINDS = ["unspecified", "internal", "server", "client", "producer", "consumer"];
  const ROW = 24, DEEPEST = 24, INDENT = 14;
  const spans = data.spans;
  const count = spans.length;
  const whole = Math.max(data.duration, 1);

  // Depth, and what lies below each span. Parents stand before their children.
  const depth = new Uint32Array(count), below = new Uint32Array(count), failedBelow = new Uint32Array(count);
  for (let i = 0; i < count; ++i) {
    const parent = spans[i][PARENT];
    depth[i] = parent < 0 ? 0 : depth[parent] + 1;
  }
  for (let i = count - 1; i >= 0; --i) {
    const parent = spans[i][PARENT];
    if (parent >= 0) {
      below[parent] += below[i] + 1;
      failedBelow[parent] += failedBelow[i] + (spans[i][FLAGS] & FAILED ? 1 : 0);
    }
  }

  const folded = new Set();
  let shown = [];         // spans that have a row, in order
  let placeOf = [];       // of each span its row, -1 for none
  let chosen = -1;
  let from = 0, to = whole;  // the time that is drawn, in nanoseconds
  let matches = null;     // of the search, in order; null without one
  let isMatch = null;

  // Control characters and what changes the direction of text, made visible.
  const visible = (text) => String(text).replace(
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u061c\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g,
    (c) => c === "\n" ? "\\n" : c === "\t" ? "\\t" : `\\u{${c.charCodeAt(0).toString(16)}}`);

  function format(ns) {
    const steps = [["ns", 1, 1e3], ["us", 1e3, 1e6], ["ms", 1e6, 1e9], ["s", 1e9, 6e10]];
    for (const [unit, factor, limit] of steps) {
      if (Math.abs(ns) < limit) {
        const value = ns / factor, size = Math.abs(value);
        return value.toFixed(unit === "ns" || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2) + unit;
      }
    }
    const seconds = Math.round(ns / 1e9);
    if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${seconds % 60}s`;
    if (seconds < 86400) return `${Math.floor(seconds / 3600)}h ${Math.floor(seconds % 3600 / 60)}m`;
    return `${Math.floor(seconds / 86400)}d ${Math.floor(seconds % 86400 / 3600)}h`;
  }

  function make(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  const nameOf = (i) => visible(texts[spans[i][NAME]]) || "(no name)";
  const serviceOf = (i) => visible(services[spans[i][SERVICE]].name) || "(no service)";

  // --- head -------------------------------------------------------------------------------------

  function drawHead() {
    byId("title").textContent = visible(data.title);
    byId("facts").textContent = visible(data.facts);
    if (/^https?:\/\//.test(data.page)) {
      const link = make("a", "", "open in the backend");
      link.href = data.page;
      link.rel = "noopener noreferrer";
      byId("facts").append(" · ", link);
    }
    for (const service of services) {
      const item = make("li");
      const dot = make("span", "dot");
      dot.style.background = service.colour;
      item.append(dot, visible(service.name) || "(no service)", make("span", "count", service.spans));
      byId("services").append(item);
    }
    for (const warning of data.warnings) byId("warnings").append(make("li", "", visible(warning)));
  }

  // --- rows -------------------------------------------------------------------------------------

  function findShown() {
    shown = [];
    placeOf = new Int32Array(count).fill(-1);
    for (let i = 0; i < count; ++i) {
      placeOf[i] = shown.length;
      shown.push(i);
      if (folded.has(i)) i += below[i];
    }
    byId("space").style.height = shown.length * ROW + "px";
    drawRows();
  }

  const rows = byId("rows"), space = byId("space");

  function drawRows() {
    const first = Math.max(0, Math.floor(rows.scrollTop / ROW) - 4);
    const last = Math.min(shown.length, Math.ceil((rows.scrollTop + rows.clientHeight) / ROW) + 4);
    const nodes = [];
    for (let place = first; place < last; ++place) nodes.push(drawRow(shown[place], place));
    space.replaceChildren(...nodes);
    if (placeOf[chosen] >= first && placeOf[chosen] < last) rows.setAttribute("aria-activedescendant", "span-" + chosen);
    else rows.removeAttribute("aria-activedescendant");
  }

  function drawRow(i, place) {
    const span = spans[i], failed = span[FLAGS] & FAILED;
    const row = make("div", "row");
    row.id = "span-" + i;
    row.dataset.span = i;
    row.style.top = place * ROW + "px";
    row.setAttribute("role", "treeitem");
    row.setAttribute("aria-level", depth[i] + 1);
    row.setAttribute("aria-selected", i === chosen);
    row.classList.toggle("chosen", i === chosen);
    if (isMatch) row.classList.add(isMatch[i] ? "match" : "dim");
    const name = make("div", "name");
    name.style.paddingLeft = 6 + Math.min(depth[i], DEEPEST) * INDENT + "px";
    const toggle = make("span", "toggle");
    if (below[i] > 0) {
      toggle.textContent = folded.has(i) ? "▸" : "▾";
      row.setAttribute("aria-expanded", !folded.has(i));
    }
    const dot = make("span", "dot");
    dot.style.background = services[span[SERVICE]].colour;
    name.append(toggle, dot, make("span", failed ? "title bad" : "title", nameOf(i)), make("span", "service", serviceOf(i)));
    if (depth[i] > DEEPEST) name.append(make("span", "count", `level ${depth[i]}`));
    if (folded.has(i)) name.append(make("span", failedBelow[i] ? "count bad" : "count", `+${below[i]}`));
    const bars = make("div", "bars");
    drawBar(bars, span);
    row.append(name, bars, make("div", "time", format(span[DURATION])));
    row.title = `${serviceOf(i)}: ${nameOf(i)}\n${format(span[DURATION])}, ${format(span[SELF])} in itself, at +${format(span[START])}`;
    return row;
  }

  function drawBar(bars, span) {
    const scale = 100 / (to - from);
    const left = Math.max((span[START] - from) * scale, -1), right = Math.min((span[START] + span[DURATION] - from) * scale, 101);
    if (right < 0 || left > 100) return;
    const bar = make("div", "bar" + (span[FLAGS] & CRITICAL ? " critical" : "") + (span[FLAGS] & FAILED ? " failed" : ""));
    bar.style.left = `min(${left}%, calc(100% - 2px))`;
    bar.style.width = Math.max(right - left, 0) + "%";
    bar.style.background = services[span[SERVICE]].colour;
    bars.append(bar);
    for (const event of (span[EVENTS] || []).slice(0, 200)) {
      const tick = make("div", "event");
      tick.style.left = (event[0] - from) * scale + "%";
      bars.append(tick);
    }
  }

  // --- time -------------------------------------------------------------------------------------

  function drawTime() {
    const parts = Math.max(1, Math.min(5, Math.floor(byId("axis").clientWidth / 110)));
    byId("axis").replaceChildren(...Array.from({ length: parts + 1 }, (_, part) => {
      const label = make("span", "", part === 0 && from === 0 ? "0" : format(from + (to - from) * part / parts));
      label.style.left = 100 * part / parts + "%";
      return label;
    }));
    drawMap();
  }

  // All spans as thin lines by their order, and the time that is drawn below.
  function drawMap() {
    const map = byId("map"), ratio = window.devicePixelRatio || 1;
    const width = map.clientWidth, height = map.clientHeight;
    map.width = width * ratio;
    map.height = height * ratio;
    const draw = map.getContext("2d");
    draw.scale(ratio, ratio);
    const thick = Math.max(1, Math.min(4, (height - 8) / Math.max(count, 1)));
    for (let i = 0; i < count; ++i) {
      const span = spans[i];
      draw.fillStyle = span[FLAGS] & FAILED ? "#cf222e" : services[span[SERVICE]].colour;
      draw.fillRect(span[START] / whole * width, 4 + (height - 8 - thick) * i / Math.max(count - 1, 1),
        Math.max(span[DURATION] / whole * width, 1), thick);
    }
    if (from > 0 || to < whole) {
      draw.fillStyle = "rgba(128, 128, 128, 0.45)";
      draw.fillRect(0, 0, from / whole * width, height);
      draw.fillRect(to / whole * width, 0, width, height);
    }
  }

  function show(newFrom, newTo) {
    const length = Math.min(Math.max(newTo - newFrom, Math.min(whole, 10)), whole);
    from = Math.min(Math.max(newFrom, 0), whole - length);
    to = from + length;
    drawTime();
    drawRows();
  }

  const zoom = (factor, at) => show(at - (at - from) * factor, at + (to - at) * factor);
  const move = (part) => show(from + (to - from) * part, to + (to - from) * part);

  // Dragging over `area` chooses the time to draw; `whole` says that it shows all of it.
  function dragTime(area, showsWhole, boxOf) {
    const timeAt = (event, box) => {
      const part = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
      return showsWhole ? part * whole : from + part * (to - from);
    };
    let mark = null;
    area.addEventListener("pointerdown", (event) => {
      const box = boxOf(event);
      if (!box || event.button !== 0) return;
      const begin = timeAt(event, box), x = event.clientX;
      const onMove = (moved) => {
        if (!mark && Math.abs(moved.clientX - x) < 5) return;
        if (!mark) document.body.append(mark = make("div"));
        mark.id = "drag";
        const other = Math.min(Math.max(moved.clientX, box.left), box.right);
        mark.style.left = Math.min(x, other) + "px";
        mark.style.width = Math.abs(x - other) + "px";
      };
      const onUp = (released) => {
        removeEventListener("pointermove", onMove);
        removeEventListener("pointerup", onUp);
        if (!mark) return;
        mark.remove();
        mark = null;
        const end = timeAt(released, box);
        show(Math.min(begin, end), Math.max(begin, end));
      };
      addEventListener("pointermove", onMove);
      addEventListener("pointerup", onUp);
    });
    area.addEventListener("wheel", (event) => {
      const box = boxOf(event);
      if (!box || !(event.ctrlKey || event.metaKey || event.shiftKey || area !== rows)) return;
      event.preventDefault();
      if (event.shiftKey) move(Math.sign(event.deltaY || event.deltaX) * 0.15);
      else zoom(event.deltaY > 0 ? 1.25 : 0.8, timeAt(event, box));
    }, { passive: false });
    area.addEventListener("dblclick", (event) => { if (boxOf(event)) show(0, whole); });
  }

  // --- choosing and folding -----------------------------------------------------------------------

  function choose(i, opens) {
    chosen = i;
    reveal(i);
    const top = placeOf[i] * ROW;
    if (top < rows.scrollTop) rows.scrollTop = top;
    if (top + ROW > rows.scrollTop + rows.clientHeight) rows.scrollTop = top + ROW - rows.clientHeight;
    drawRows();
    if (opens || !byId("details").hidden) drawDetails(i);
  }

  function reveal(i) {
    let changed = false;
    for (let at = spans[i][PARENT]; at >= 0; at = spans[at][PARENT]) changed = folded.delete(at) || changed;
    if (changed) findShown();
  }

  function fold(i, closes) {
    if (below[i] === 0 || folded.has(i) === closes) return;
    if (closes) folded.add(i);
    else folded.delete(i);
    findShown();
  }

  function foldAll(closes) {
    folded.clear();
    for (let i = 0; closes && i < count; ++i) if (below[i] > 0) folded.add(i);
    while (chosen >= 0 && closes && spans[chosen][PARENT] >= 0) chosen = spans[chosen][PARENT];
    findShown();
  }

  // The next of `list` after the chosen span, or before it; around the ends.
  function step(list, back) {
    if (list.length === 0) return;
    const after = back ? list.filter((i) => i < chosen).pop() : list.find((i) => i > chosen);
    choose(after ?? (back ? list[list.length - 1] : list[0]), true);
    drawMatches();
  }

  const allFailed = [];
  for (let i = 0; i < count; ++i) if (spans[i][FLAGS] & FAILED) allFailed.push(i);

  // --- search -----------------------------------------------------------------------------------

  const hay = [];
  function hayOf(i) {
    if (hay[i] === undefined) {
      const span = spans[i];
      const pairs = (list) => (list || []).map((part, at) => at % 2 ? valueText(part) : texts[part]);
      const parts = [texts[span[NAME]], services[span[SERVICE]].name, span[ID], texts[span[MESSAGE]], KINDS[span[KIND]],
        ...pairs(span[ATTRIBUTES]), ...(span[WARNINGS] || [])];
      for (const [, name, attributes] of span[EVENTS] || []) parts.push(texts[name], ...pairs(attributes));
      hay[i] = parts.join("\n").toLowerCase();
    }
    return hay[i];
  }

  function search() {
    const wanted = byId("search").value.trim().toLowerCase();
    matches = wanted ? [] : null;
    isMatch = wanted ? new Uint8Array(count) : null;
    for (let i = 0; wanted && i < count; ++i) {
      if (hayOf(i).includes(wanted)) {
        isMatch[i] = 1;
        matches.push(i);
      }
    }
    drawMatches();
    drawRows();
  }

  function drawMatches() {
    const place = matches ? matches.indexOf(chosen) : -1;
    byId("matches").textContent = !matches ? "" : matches.length === 0 ? "nothing found"
      : `${place >= 0 ? place + 1 + " of " : ""}${matches.length} found`;
  }

  // --- details ------------------------------------------------------------------------------------

  const valueText = (value) => typeof value === "string" ? value : JSON.stringify(value);

  function table(pairs) {
    const node = make("table");
    for (const [key, value, className] of pairs) {
      const line = make("tr");
      line.append(make("th", "", visible(key)), make("td", className || "", visible(value)));
      node.append(line);
    }
    return node;
  }

  function attributeTable(list) {
    const pairs = [];
    for (let at = 0; at < list.length; at += 2) pairs.push([texts[list[at]], valueText(list[at + 1])]);
    return table(pairs);
  }

  function drawDetails(i) {
    const span = spans[i], panel = byId("details");
    const close = make("button", "close", "×");
    close.title = "Close (Esc)";
    close.addEventListener("click", closeDetails);
    const status = span[FLAGS] & FAILED ? "✗ failed" : span[FLAGS] & OK ? "ok" : "unset";
    const facts = [["service", serviceOf(i)], ["status", status, span[FLAGS] & FAILED ? "bad" : ""]];
    if (texts[span[MESSAGE]]) facts.push(["message", texts[span[MESSAGE]], span[FLAGS] & FAILED ? "bad" : ""]);
    facts.push(["duration", format(span[DURATION])], ["self time", format(span[SELF])], ["starts at", "+" + format(span[START])],
      ["critical path", span[FLAGS] & CRITICAL ? "yes" : "no"], ["kind", KINDS[span[KIND]]], ["span id", span[ID]]);
    if (span[PARENT] >= 0) facts.push(["parent", nameOf(span[PARENT])]);
    if (scopes[span[SCOPE]]) facts.push(["scope", scopes[span[SCOPE]]]);
    const parts = [close, make("h2", "", nameOf(i)), table(facts)];
    const section = (title, node) => parts.push(make("h3", "", title), node);
    if (span[WARNINGS]) section("Warnings", table(span[WARNINGS].map((text) => ["⚠", text])));
    if (span[ATTRIBUTES]) section("Attributes", attributeTable(span[ATTRIBUTES]));
    for (const [time, name, attributes] of span[EVENTS] || []) {
      section(`Event +${format(time - span[START])} ${visible(texts[name])}`, attributeTable(attributes || []));
    }
    for (const [traceId, spanId, target, attributes] of span[LINKS] || []) {
      const link = make("div");
      link.append(table([["trace", traceId], ["span", spanId]]), attributeTable(attributes || []));
      if (target >= 0) {
        const jump = make("button", "", "Go to " + nameOf(target));
        jump.addEventListener("click", () => choose(target, true));
        link.append(jump);
      }
      section("Link", link);
    }
    if (resources[span[RESOURCE]].length) section("Resource", attributeTable(resources[span[RESOURCE]]));
    panel.replaceChildren(...parts);
    panel.hidden = false;
    panel.scrollTop = 0;
    drawTime();
  }

  function closeDetails() {
    byId("details").hidden = true;
    rows.focus({ preventScroll: true });
    drawTime();
  }

  // --- keys and mouse -----------------------------------------------------------------------------

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const input = event.target === byId("search");
    if (input) {
      if (event.key === "Enter") step(matches || [], event.shiftKey);
      else if (event.key === "Escape" || event.key === "ArrowDown") rows.focus();
      else return;
      event.preventDefault();
      return;
    }
    if (event.target.tagName === "BUTTON" && (event.key === "Enter" || event.key === " ")) return;
    const place = placeOf[chosen] ?? -1;
    const goTo = (to) => shown.length && choose(shown[Math.min(Math.max(to, 0), shown.length - 1)], false);
    const page = Math.max(1, Math.floor(rows.clientHeight / ROW) - 1);
    const middle = (from + to) / 2;
    const keys = {
      ArrowDown: () => goTo(place + 1), ArrowUp: () => goTo(place - 1),
      PageDown: () => goTo(place + page), PageUp: () => goTo(place - page),
      Home: () => goTo(0), End: () => goTo(shown.length - 1),
      ArrowRight: () => chosen >= 0 && (folded.has(chosen) ? fold(chosen, false) : below[chosen] && goTo(place + 1)),
      ArrowLeft: () => chosen >= 0 && (below[chosen] && !folded.has(chosen) ? fold(chosen, true)
        : spans[chosen][PARENT] >= 0 && choose(spans[chosen][PARENT], false)),
      Enter: () => chosen >= 0 && drawDetails(chosen), Escape: closeDetails,
      "+": () => zoom(0.7, middle), "=": () => zoom(0.7, middle), "-": () => zoom(1 / 0.7, middle), "0": () => show(0, whole),
      a: () => move(-0.2), d: () => move(0.2),
      z: () => chosen >= 0 && show(spans[chosen][START], spans[chosen][START] + spans[chosen][DURATION]),
      "/": () => byId("search").focus(), n: () => step(matches || [], false), N: () => step(matches || [], true),
      e: () => step(allFailed, false), "[": () => foldAll(true), "]": () => foldAll(false), "?": toggleHelp,
    };
    if (Object.hasOwn(keys, event.key)) {
      event.preventDefault();
      keys[event.key]();
    }
  }

  function toggleHelp() {
    byId("keys").hidden = !byId("keys").hidden;
    byId("help").setAttribute("aria-expanded", !byId("keys").hidden);
    drawRows();
  }

  function listen() {
    for (const [id, action] of Object.entries({
      previous: () => step(matches || [], true), next: () => step(matches || [], false), failed: () => step(allFailed, false),
      fold: () => foldAll(true), unfold: () => foldAll(false), reset: () => show(0, whole), help: toggleHelp,
    })) byId(id).addEventListener("click", action);
    let waiting = 0;
    byId("search").addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(search, count > 5000 ? 200 : 0);
    });
    rows.addEventListener("scroll", () => requestAnimationFrame(drawRows));
    rows.addEventListener("click", (event) => {
      const row = event.target.closest(".row");
      if (!row) return;
      const i = Number(row.dataset.span);
      if (event.target.classList.contains("toggle")) fold(i, !folded.has(i));
      else choose(i, true);
    });
    document.addEventListener("keydown", onKey);
    dragTime(byId("map"), true, () => byId("map").getBoundingClientRect());
    dragTime(byId("axis"), false, () => byId("axis").getBoundingClientRect());
    dragTime(rows, false, (event) => event.target.closest(".bars")?.getBoundingClientRect());
    new ResizeObserver(() => { drawTime(); drawRows(); }).observe(rows);
  }

  for (const part of document.querySelectorAll("header, nav, main")) part.hidden = false;
  byId("failed").hidden = allFailed.length === 0;
  drawHead();
  listen();
  findShown();
  drawTime();
  rows.focus({ preventScroll: true });
})();

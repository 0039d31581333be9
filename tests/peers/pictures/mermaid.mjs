// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// Reads a Mermaid diagram from stdin with Mermaid's own parser and prints what it understood as
// JSON, {type, title, actors[], messages[]}, with texts as the reader would see them.
//
// usage: node mermaid.mjs FOLDER     with node_modules in it
import fs from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const folder = process.argv[2] + "/node_modules/";
const { JSDOM } = createRequire(folder)("jsdom");
const { window } = new JSDOM("");
Object.assign(globalThis, { window, document: window.document });
const { default: mermaid } = await import(pathToFileURL(folder + "mermaid/dist/mermaid.core.mjs"));

// While it parses, Mermaid keeps "#35;" in a form of its own.
const decoded = (text) =>
  text.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)));

const text = fs.readFileSync(0, "utf8");
const { diagramType } = await mermaid.parse(text);
const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
const actors = [...db.getActors().values()].map((actor) => decoded(actor.description));
const messages = db.getMessages().map((message) => message.message);
console.log(JSON.stringify({
  type: diagramType,
  title: decoded(db.getDiagramTitle()),
  actors,
  messages: messages.filter((message) => typeof message === "string").map(decoded),
}));

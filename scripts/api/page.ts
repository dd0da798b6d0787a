// The API page: every operation as plain HTML, made when the pages are built. It is complete without its script, which only searches.
import { PROBLEMS, type ProblemCode } from "../../contracts/problems.ts";
import type { OpenApi, OpenApiOperation, Schema } from "./document.ts";
import { bodySchema, operationsOf, replySchemas, typeText } from "./types.ts";

const html = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Our texts have code in backticks and nothing else. */
const prose = (text: string): string => html(text).replace(/`([^`]+)`/g, "<code>$1</code>");

/** A type, with a link for each name that the page explains. */
const code = (schema: Schema, names: string[]): string =>
  `<pre><code>${html(typeText(schema)).replace(/\b[A-Z]\w+\b/g, (word) => (names.includes(word) ? `<a href="#${word}">${word}</a>` : word))}</code></pre>`;

const part = (title: string, inside: string): string => (inside ? `<h4>${title}</h4>${inside}` : "");

const list = (items: string[]): string => (items.length ? `<ul>${items.map((item) => `<li>${item}</li>`).join("")}</ul>` : "");

function refusals({ responses }: OpenApiOperation): string {
  const codes = Object.values(responses).flatMap(
    ({ content }) => (content?.["application/problem+json"]?.schema?.properties?.code?.enum ?? []) as ProblemCode[],
  );
  return list(
    codes.map(
      (name) => `<a href="/problems#${name}"><code>${name}</code></a> ${PROBLEMS[name].status} ${html(PROBLEMS[name].title)}`,
    ),
  );
}

function replies(operation: OpenApiOperation, names: string[]): string {
  const statuses = Object.entries(operation.responses).filter(([status]) => Number(status) < 400);
  const said = statuses.map(([status, { description, content }]) => {
    const types = Object.keys(content ?? {}).filter((type) => type !== "application/json" || !content?.[type]?.schema);
    return `<code>${status}</code> ${prose(description)}${types.map((type) => ` <code>${type}</code>`).join("")}`;
  });
  return (
    list(said) +
    replySchemas(operation)
      .map((schema) => code(schema, names))
      .join("")
  );
}

function section(path: string, method: string, operation: OpenApiOperation, names: string[]): string {
  const { operationId, summary, description, parameters, tags } = operation;
  const body = bodySchema(operation);
  const words = [operationId, method, path, summary, description ?? "", ...tags].join(" ").toLowerCase();
  return `<details class="operation" id="${operationId}" data-words="${html(words)}">
<summary><span class="method ${method}">${method.toUpperCase()}</span> <code>${html(path)}</code><span class="title">${html(summary)}</span></summary>
<div class="stack">
${description ? `<p>${prose(description)}</p>` : ""}
<p class="muted">Id: <code>${operationId}</code></p>
${part(
  "Parameters",
  list(
    parameters.map(
      ({ name, in: place, required, description: what, schema }) =>
        `<code>${name}</code> (${place}${place === "query" && required ? ", needed" : ""}, <code>${html(typeText(schema))}</code>) ${prose(what)}`,
    ),
  ),
)}
${part("Body", body ? code(body, names) : "")}
${part("Replies", replies(operation, names))}
${part("Refusals", refusals(operation))}
</div></details>`;
}

/** What stands where web/api/index.html says `<!-- operations -->`. */
export function pageParts(document: OpenApi): string {
  const names = Object.keys(document.components.schemas);
  const operations = operationsOf(document);
  const groups = document.tags.map(({ name, description }) => {
    const mine = operations.filter(({ operation }) => operation.tags.includes(name));
    return `<section class="group"><h2 id="${name}-operations">${name}</h2><p class="muted">${html(description)}</p>
${mine.map(({ path, method, operation }) => section(path, method, operation, names)).join("\n")}</section>`;
  });
  const shapes = Object.entries(document.components.schemas).map(
    ([name, schema]) =>
      `<details class="operation" id="${name}" data-words="${name.toLowerCase()}"><summary><code>${name}</code></summary>${code(schema, names)}</details>`,
  );
  return `${groups.join("\n")}<section class="group"><h2 id="shapes">shapes</h2>${shapes.join("\n")}</section>`;
}

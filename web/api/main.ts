// The API page's search: shows the operations and shapes that have every word, and opens the one that the address names.
import "../shared/base.css";
import "../shared/parts.css";
import "./api.css";

const entries = [...document.querySelectorAll<HTMLDetailsElement>("details.operation")];
const groups = [...document.querySelectorAll<HTMLElement>(".group")];
const input = document.querySelector("#search") as HTMLInputElement;
const found = document.querySelector("#found") as HTMLElement;

function search(): void {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const entry of entries) {
    const text = entry.dataset.words ?? "";
    entry.hidden = !words.every((word) => text.includes(word));
    if (!entry.hidden) count++;
  }
  for (const group of groups) group.hidden = group.querySelector("details.operation:not([hidden])") === null;
  found.textContent = words.length ? `${count} of ${entries.length}` : "";
}

function openNamed(): void {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!(named instanceof HTMLDetailsElement)) return;
  input.value = "";
  search();
  named.open = true;
  named.scrollIntoView();
}

(input.parentElement as HTMLElement).hidden = false;
input.addEventListener("input", search);
window.addEventListener("hashchange", openNamed);
openNamed();

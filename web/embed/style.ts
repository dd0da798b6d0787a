// The element's look. A page changes it with custom properties: --draw-entry-accent, -on-accent, -ink, -muted, -card, -line, -radius.
export const STYLE = `
:host { display: block; container-type: inline-size; font: inherit; line-height: 1.4; }
:host([hidden]) { display: none; }
.card {
  display: grid; gap: 12px; padding: 18px; text-align: start;
  color: var(--draw-entry-ink, #1d2723); background: var(--draw-entry-card, #fffdf8);
  border: 1px solid var(--draw-entry-line, #d9d5c9); border-radius: var(--draw-entry-radius, 14px);
}
h2, p { margin: 0; }
h2 { font-size: 1.15em; }
.name { flex-basis: 100%; }
.muted { color: var(--draw-entry-muted, #5a655f); font-size: 0.9em; }
.row { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; justify-content: space-between; }
.price, .clock { font-weight: 700; font-variant-numeric: tabular-nums; }
button {
  font: inherit; font-weight: 600; min-height: 44px; padding: 8px 18px; cursor: pointer; border-radius: 12px;
  color: var(--draw-entry-on-accent, #fff); background: var(--draw-entry-accent, #1d6b59); border: 1px solid transparent;
}
button:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
.in { font-weight: 600; }
`;

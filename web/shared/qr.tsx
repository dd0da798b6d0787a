// A QR code as one SVG path: dark on white in every colour scheme, because scanners want it so.
import { encode } from "uqr";

export function Qr({ text, label, ecc = "L" }: { text: string; label: string; ecc?: "L" | "M" }) {
  const { data, size } = encode(text, { ecc, border: 3 });
  const path = data
    .map((line, y) =>
      runs(line)
        .map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`)
        .join(""),
    )
    .join("");
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

/** Start and length of each dark run: a tenth of the path that single squares would need. */
function runs(line: boolean[]): [number, number][] {
  const found: [number, number][] = [];
  for (let x = 0; x < line.length; x++) {
    if (!line[x]) continue;
    const from = x;
    while (line[x + 1]) x++;
    found.push([from, x - from + 1]);
  }
  return found;
}

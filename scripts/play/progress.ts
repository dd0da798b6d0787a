// A progress bar on a terminal; elsewhere one line per tenth, so that logs stay readable.

const WIDTH = 32;
const REDRAW_MS = 100;

export function progressBar(out: NodeJS.WriteStream = process.stderr) {
  const started = Date.now();
  let drawn = 0;
  let tenth = -1;
  let shown = "";
  const line = (what: string, done: number, of: number): string => {
    const seconds = `${((Date.now() - started) / 1000).toFixed(0)} s`;
    if (of === 0) return `${what} … ${seconds}`;
    const filled = Math.floor((WIDTH * done) / of);
    return `[${"█".repeat(filled)}${"░".repeat(WIDTH - filled)}] ${what} ${done.toLocaleString("en")} of ${of.toLocaleString("en")}, ${seconds}`;
  };
  return {
    show(what: string, done: number, of: number): void {
      if (out.isTTY) {
        if (Date.now() - drawn < REDRAW_MS && done < of) return;
        drawn = Date.now();
        out.write(`\r\x1b[K${line(what, done, of)}`);
        return;
      }
      const now = of === 0 ? -2 : Math.floor((10 * done) / of);
      if (now === tenth && what === shown) return;
      tenth = now;
      shown = what;
      out.write(`${line(what, done, of)}\n`);
    },
    end(): void {
      if (out.isTTY) out.write("\r\x1b[K");
    },
  };
}

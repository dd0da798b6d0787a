// Builds the pages into web/dist: three entries, hashed assets, no plugin.
import { defineConfig } from "vite";

const here = (path: string): string => decodeURIComponent(new URL(path, import.meta.url).pathname);
const api = Object.fromEntries(["/v1", "/local", "/draws", "/rules", "/log"].map((path) => [path, "http://127.0.0.1:8787"]));

export default defineConfig({
  root: here("."),
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // Inlined images and polyfills would ask for a looser Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: [here("index.html"), here("store/index.html"), here("errors/index.html")] },
  },
  server: { proxy: api },
});

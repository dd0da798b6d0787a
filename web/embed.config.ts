// Builds the element for other pages into one module under a name that stays: web/dist/embed/draw-entry.js.
import { defineConfig } from "vite";

const here = (path: string): string => decodeURIComponent(new URL(path, import.meta.url).pathname);

export default defineConfig({
  root: here("."),
  publicDir: false,
  build: {
    outDir: "dist",
    emptyOutDir: false,
    modulePreload: false,
    target: "es2022",
    rolldownOptions: {
      input: here("./embed/draw-entry.ts"),
      preserveEntrySignatures: "strict",
      output: { codeSplitting: false, format: "es", entryFileNames: "embed/draw-entry.js" },
    },
  },
});

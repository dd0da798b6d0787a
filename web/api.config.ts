// Builds the API page beside the others: by itself, so that theirs stay as they are. Its operations are put in afterwards (scripts/api/write.ts).
import { defineConfig } from "vite";

const here = (path: string): string => decodeURIComponent(new URL(path, import.meta.url).pathname);

export default defineConfig({
  root: here("."),
  publicDir: false,
  build: {
    outDir: "dist",
    emptyOutDir: false,
    modulePreload: false,
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    rolldownOptions: { input: here("./api/index.html") },
  },
});

// Builds the verify page into one file, web/dist/verify.html: script, worker and style inside, and a policy that lets in nothing else.
import { defineConfig, type Plugin } from "vite";

const here = (path: string): string => decodeURIComponent(new URL(path, import.meta.url).pathname);
const sha256 = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const source = async (text: string): Promise<string> => `'sha256-${btoa(String.fromCharCode(...(await sha256(text))))}'`;

/** Nothing is loaded from anywhere. A shop's published files may be asked for, where the reader gives an address. */
const policy = async (script: string, style: string): Promise<string> =>
  [
    "default-src 'none'",
    `script-src ${await source(script)} blob:`,
    `style-src ${await source(style)}`,
    "worker-src blob:",
    "img-src data: blob:",
    "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

/** Puts the built script and style into the page, and names them by their hashes in the page's own policy. */
function oneFile(): Plugin {
  return {
    name: "one-file",
    enforce: "post",
    async generateBundle(_, bundle) {
      const files = Object.values(bundle);
      const scripts = files.filter((file) => file.type === "chunk");
      const styles = files.filter((file) => file.type === "asset" && file.fileName.endsWith(".css"));
      const page = files.find((file) => file.type === "asset" && file.fileName.endsWith(".html"));
      if (scripts.length !== 1 || styles.length > 1 || page?.type !== "asset")
        throw new Error("the verify page has to be one script and one style");
      // "</script" inside a text would end the element; "<\/script" says the same.
      const script = (scripts[0] as { code: string }).code.replaceAll("</script", "<\\/script").trim();
      const style = String((styles[0] as { source: string } | undefined)?.source ?? "").trim();
      const rules = await policy(script, style);
      const html = String(page.source)
        .replace(/\s*<script type="module"[^>]*><\/script>/, "")
        .replace(/\s*<link rel="stylesheet"[^>]*>/, "")
        .replace(
          '<meta charset="utf-8" />',
          () => `<meta charset="utf-8" />\n    <meta http-equiv="Content-Security-Policy" content="${rules}" />`,
        )
        .replace("</head>", () => `<style>${style}</style>\n  </head>`)
        .replace("</body>", () => `<script type="module">${script}</script>\n  </body>`);
      for (const file of Object.keys(bundle)) delete bundle[file];
      this.emitFile({ type: "asset", fileName: "verify.html", source: html });
      this.emitFile({
        type: "asset",
        fileName: "verify.html.sha256",
        source: `${hex(await sha256(html))}  verify.html\n`,
      });
    },
  };
}

export default defineConfig({
  root: here("."),
  publicDir: false,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [oneFile()],
  worker: { format: "iife" },
  build: {
    outDir: "dist",
    emptyOutDir: false,
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: { input: here("verify/index.html"), output: { codeSplitting: false } },
  },
});

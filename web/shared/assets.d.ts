// Style sheets are imported for their effect; Vite turns them into files.
declare module "*.css";
// A worker inside the page's own file.
declare module "*?worker&inline" {
  const InlineWorker: new () => Worker;

  // biome-ignore lint/style/noDefaultExport: Vite gives it so.
  export default InlineWorker;
}

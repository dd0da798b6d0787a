// What requests asked of the edge's bindings, as /bench/counts/{start,stop} tells it.

export type Counts = {
  requests: number;
  /** Calls to objects, statements to D1, operations on R2, requests for static pages. */
  objects: number;
  statements: number;
  files: number;
  pages: number;
};

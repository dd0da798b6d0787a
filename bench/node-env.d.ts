// For the part of the benchmarks that runs in Node: types of the Worker come along with what is measured; of its bindings, files alone.
type Env = { FILES: { get: (key: string) => Promise<{ arrayBuffer: () => Promise<ArrayBuffer> } | null> } };

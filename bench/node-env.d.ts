// For the part of the benchmarks that runs in Node: types of the Worker come along with what is measured, its bindings do not.
type Env = object;

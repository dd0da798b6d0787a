// A log's tree as rows: one per full subtree, in a table nodes (level, at, hash).
import type { Bytes } from "../../domain/bytes.ts";
import type { Nodes } from "../../domain/log/tree.ts";
import { nodeHash } from "../../domain/merkle.ts";

/** Inside a transaction: writes the next leaf, and every subtree that it fills. */
export function addLeaf(sql: SqlStorage, at: number, leaf: Bytes): void {
  const nodes = nodesIn(sql);
  let hash = leaf;
  for (let level = 0, index = at; ; level++, index = (index - 1) / 2) {
    sql.exec("INSERT INTO nodes (level, at, hash) VALUES (?, ?, ?)", level, index, hash);
    if (index % 2 === 0) return;
    hash = nodeHash(nodes(level, index - 1), hash);
  }
}

export const nodesIn =
  (sql: SqlStorage): Nodes =>
  (level, at) => {
    const query = "SELECT hash FROM nodes WHERE level = ? AND at = ?";
    return new Uint8Array(sql.exec<{ hash: ArrayBuffer }>(query, level, at).one().hash);
  };

// Where published files lie in R2: the path of their public address. Every file is written once and never changes.

export const publicKey = (session: string, name: string): string => `draws/${session}/${name}`;

/** Helper files for paths in a session's trees (domain/draw/tree-file.ts). Not served: whatever they hold follows from files that are. */
export const treeKey = (session: string, tree: string): string => `trees/${session}/${tree}`;

export const rulesKey = (rulesHash: string): string => `rules/${rulesHash}`;

/** A file of a session that comes and goes: which entry of the log waits for witnesses. */
export const WAITING_FILE = "waiting.json";

/** Another one: in which shards somebody was excluded, so that open pages know whether there is something to ask. */
export const NOTICES_FILE = "notices.json";

/** The log's own files; `head` is the one that is not served. */
export const logFile = (name: string): string => `log/${name}`;

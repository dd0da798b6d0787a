// Published files and pages: what a draw is checked from. docs/verify-a-draw.md has their formats.
import { rules } from "../../contracts/sessions.ts";
import { bytes, json, KNOWN, type Operation } from "./operation.ts";

const FILE = "application/octet-stream";
const TEXT = "text/plain; charset=utf-8";
const NUMBER = "(?:0|[1-9][0-9]{0,9})";

export const FILES: Operation[] = [
  {
    id: "drawFile",
    method: "GET",
    path: "/draws/:session/:name{.+}",
    who: "anybody",
    title: "A published file of a draw",
    text: "Objects are JSON (`manifest.json`, `seal.json`, `result.json`, `waves/1.json`, …), proofs text (`seal.tlog-proof`), tables and entries bytes. A file is written once and never changes; one that is not there yet answers 404, which holds for a second.",
    replies: { 200: bytes("The file's exact bytes.", FILE, "application/json", TEXT), 304: KNOWN },
    problems: ["not_found"],
  },
  {
    id: "drawProof",
    method: "GET",
    path: `/draws/:session/proofs/:shard{${NUMBER}}/:index{${NUMBER}}`,
    who: "anybody",
    title: "What a phone needs to check the draw of one entry",
    replies: { 200: bytes("Some 8 kB.", FILE) },
    problems: ["not_found"],
  },
  {
    id: "rules",
    method: "GET",
    path: "/rules/:hash{[0-9a-f]{64}}",
    who: "anybody",
    title: "The rules document of a session, under the hash that its manifest names",
    replies: { 200: json("The rules.", rules), 304: KNOWN },
    problems: ["not_found"],
  },
  {
    id: "logKey",
    method: "GET",
    path: "/log/vkey",
    who: "anybody",
    title: "The verifier key of the session log",
    replies: { 200: bytes("One line.", TEXT) },
    problems: [],
  },
  {
    id: "logCheckpoint",
    method: "GET",
    path: "/log/checkpoint",
    who: "anybody",
    title: "The newest cosigned checkpoint of the session log",
    replies: { 200: bytes("A signed note (C2SP tlog-checkpoint).", TEXT), 304: KNOWN },
    problems: ["not_found"],
  },
  {
    id: "logPage",
    method: "GET",
    path: "/log/page.json",
    who: "anybody",
    title: "The log's entry about the verify page: its hash",
    replies: { 200: bytes("The entry's exact bytes.", "application/json"), 304: KNOWN },
    problems: ["not_found"],
  },
  {
    id: "logPageProof",
    method: "GET",
    path: "/log/page.tlog-proof",
    who: "anybody",
    title: "The proof that this entry stands in the log",
    replies: { 200: bytes("A C2SP tlog-proof.", TEXT), 304: KNOWN },
    problems: ["not_found"],
  },
  {
    id: "logTile",
    method: "GET",
    path: "/log/:tile{tile/.+}",
    who: "anybody",
    title: "A tile or an entry bundle of the session log (C2SP tlog-tiles)",
    replies: { 200: bytes("The tile.", FILE), 304: KNOWN },
    problems: ["not_found"],
  },
  {
    id: "problemsPage",
    method: "GET",
    path: "/problems",
    who: "anybody",
    title: "What each problem code means, as a page",
    replies: { 200: bytes("HTML.", "text/html; charset=UTF-8") },
    problems: [],
  },
];

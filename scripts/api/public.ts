// Operations that anybody may call, from any page.
import * as v from "valibot";
import { offerList, offersReply, sessionsReply, sessionView } from "../../contracts/sessions.ts";
import { json, KNOWN, type Operation } from "./operation.ts";

const chain = v.object({
  hash: v.string(),
  scheme: v.string(),
  publicKey: v.string(),
  genesis: v.number(),
  period: v.number(),
  name: v.string(),
  local: v.boolean(),
});

export const PUBLIC: Operation[] = [
  {
    id: "time",
    method: "GET",
    path: "/v1/time",
    who: "anybody",
    title: "The server's clock, which decides when a window opens",
    replies: { 200: json("Milliseconds since 1970.", v.object({ now: v.number() })) },
    problems: [],
  },
  {
    id: "beacons",
    method: "GET",
    path: "/v1/beacons",
    who: "anybody",
    title: "The beacon chains that this installation knows",
    text: "A plan names one of them by its hash.",
    replies: { 200: json("The chains.", v.object({ beacons: v.array(chain) })) },
    problems: [],
  },
  {
    id: "sessions",
    method: "GET",
    path: "/v1/sessions",
    who: "anybody",
    title: "Announced sessions, newest first",
    replies: { 200: json("At most 50 lines.", sessionsReply), 304: KNOWN },
    problems: [],
  },
  {
    id: "session",
    method: "GET",
    path: "/v1/sessions/:session",
    who: "anybody",
    title: "One session: times, units per pool, rules, waves",
    replies: { 200: json("The session as it stands now.", sessionView), 304: KNOWN },
    problems: ["not_found"],
  },
  {
    id: "offers",
    method: "GET",
    path: "/v1/sessions/:session/offers",
    who: "anybody",
    title: "How many units of each product a session has, in how many pools",
    replies: { 200: json("It never changes.", offersReply), 304: KNOWN },
    problems: ["not_found"],
  },
  {
    id: "offer",
    method: "GET",
    path: "/v1/sessions/:session/offers/:sku",
    who: "anybody",
    title: "Where the units of one product are",
    text: "Place n of each list is pool `first` + n.",
    replies: { 200: json("It never changes.", offerList), 304: KNOWN },
    problems: ["not_found"],
  },
];

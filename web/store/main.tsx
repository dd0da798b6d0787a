// Starts the store desk; looks for new orders while the page is seen.
import { effect } from "@preact/signals";
import { render } from "preact";
import "../shared/base.css";
import "../shared/parts.css";
import "./store.css";
import { account, openAccount } from "../shared/account.ts";
import { runClock } from "../shared/clock.ts";
import { askLocal } from "../shared/sign-in.ts";
import { App } from "./app.tsx";
import { loadNames, loadOrders, loadStores, orders } from "./desk.ts";
import { words } from "./words.ts";

openAccount("store");

effect(() => {
  document.title = `Fairpour · ${words().name}`;
});
effect(() => {
  orders.value = undefined;
  if (account.value) void loadOrders();
});

const EVERY_MS = 10_000;
setInterval(() => {
  if (!document.hidden && navigator.onLine !== false) void loadOrders();
}, EVERY_MS);

runClock();
void askLocal();
void loadStores();
void loadNames();
render(<App />, document.getElementById("page") as HTMLElement);

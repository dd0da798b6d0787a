// Starts the verify page.
import { render } from "preact";
import "../shared/base.css";
import "../shared/parts.css";
import "../check/report.css";
import "./verify.css";
import { count, when } from "../shared/format.ts";
import { App } from "./app.tsx";

render(<App />, document.getElementById("page") as HTMLElement);

/** A browser's first date takes it 15 ms, 60 on a slow phone: better while nobody waits. */
setTimeout(() => [when(0, 1, true), count(1)], 300);

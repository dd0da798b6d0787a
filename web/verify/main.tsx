// Starts the verify page.
import { render } from "preact";
import "../shared/base.css";
import "../shared/parts.css";
import "../check/report.css";
import "./verify.css";
import { App } from "./app.tsx";

render(<App />, document.getElementById("page") as HTMLElement);

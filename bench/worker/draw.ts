// The draw of /bench/draw/*, on workerd: prepared once, then run as often as it is asked for.
import { hex } from "../../domain/bytes.ts";
import { type DrawInput, drawAll, drawInput } from "../draw/draw.ts";

let prepared: DrawInput | undefined;

export async function prepareDraw(request: Request): Promise<Response> {
  prepared = drawInput(Number(new URL(request.url).searchParams.get("entries")));
  return Response.json({ entries: prepared.entries });
}

export function drawHere(): Response {
  return prepared ? Response.json({ root: hex(drawAll(prepared)) }) : new Response("prepare first", { status: 409 });
}

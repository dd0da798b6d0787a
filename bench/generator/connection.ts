// One keep-alive connection with one request in flight, and just enough of HTTP/1.1 to know when a response is whole.
import { connect, type Socket } from "node:net";

/** Larger than any response that a benchmark asks for. */
const BUFFER_BYTES = 64 * 1024;
const HEAD_END = Buffer.from("\r\n\r\n");
const LAST_CHUNK = Buffer.from("0\r\n\r\n");

/** `size`: head and body as they came. */
export type Response = { status: number; body: Buffer; size: number };

export class Connection {
  readonly #socket: Socket;
  readonly #buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  #filled = 0;
  #done: ((response: Response) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      let connection: Connection | undefined;
      const socket = connect({
        host: "127.0.0.1",
        port,
        noDelay: true,
        onread: {
          buffer: Buffer.allocUnsafe(BUFFER_BYTES),
          callback: (length, bytes) => {
            connection?.read(bytes as Buffer, length);
            return true;
          },
        },
      });
      connection = new Connection(socket);
      const opened = connection;
      socket.once("connect", () => resolve(opened));
      socket.once("error", (error) => {
        reject(error);
        opened.#failed?.(error);
      });
      socket.once("close", () => opened.#failed?.(new Error("the server closed a connection")));
    });
  }

  /** The response's body is valid until the callback returns. */
  send(request: Buffer, done: (response: Response) => void, failed: (error: Error) => void): void {
    this.#done = done;
    this.#failed = failed;
    this.#socket.write(request);
  }

  read(bytes: Buffer, length: number): void {
    if (this.#filled + length > BUFFER_BYTES) {
      this.#failed?.(new Error("a response larger than the buffer"));
      return;
    }
    bytes.copy(this.#buffer, this.#filled, 0, length);
    this.#filled += length;
    const response = parse(this.#buffer.subarray(0, this.#filled));
    if (!response) return;
    const size = this.#filled;
    this.#filled = 0;
    const done = this.#done;
    this.#done = undefined;
    this.#failed = undefined;
    done?.({ ...response, size });
  }

  close(): void {
    this.#failed = undefined;
    this.#socket.destroy();
  }
}

/** The response in `bytes`, once it is whole. */
function parse(bytes: Buffer): Omit<Response, "size"> | undefined {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return undefined;
  const head = bytes.toString("latin1", 0, headEnd);
  const status = Number(head.slice(9, 12));
  const bodyAt = headEnd + HEAD_END.length;
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    const end = bodyAt + Number(length);
    return bytes.length < end ? undefined : { status, body: bytes.subarray(bodyAt, end) };
  }
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return { status, body: bytes.subarray(bodyAt) };
  if (!bytes.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK)) return undefined;
  return { status, body: bytes.subarray(bytes.indexOf("\r\n", bodyAt) + 2, bytes.length - LAST_CHUNK.length - 2) };
}

// Which addresses the shop calls when somebody asks it to: no way into anything that is not public (SSRF, OWASP API7:2023).

/** Names that only mean something inside a network, or are reserved so that they never mean anything outside (RFC 6761, 6762, 8375, ICANN). */
const INSIDE = [
  "localhost",
  "local",
  "localdomain",
  "internal",
  "intranet",
  "private",
  "corp",
  "home",
  "lan",
  "arpa",
  "test",
  "invalid",
  "onion",
];

/** HTTPS and its usual second port: an address must not be a way to speak to databases and mail servers. */
const PORTS = ["", "8443"];

/** The parser has already turned every way to write an IPv4 address (decimal, octal, hex, short, full-width) into four numbers. */
const isIp = (host: string): boolean => host.startsWith("[") || /^\d+\.\d+\.\d+\.\d+$/.test(host);

const isLoopback = (host: string): boolean => host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/**
 * Why this address is not called, as a sentence; undefined where it is. `loopback` is the setting of an installation for trying out. What a
 * name resolves to cannot be known here, so a public name that points inside passes: the network below has to refuse that (docs/api.md).
 */
export function whyNotCalled(text: string, loopback = false): string | undefined {
  const url = parse(text);
  if (!url) return "This is no URL.";
  if (url.username || url.password) return "An address with a name or password in it is not called.";
  if (url.hash) return "An address with a fragment is not called.";
  const host = url.hostname.replace(/\.+$/, "");
  if (loopback && isLoopback(host) && /^https?:$/.test(url.protocol)) return undefined;
  if (url.protocol !== "https:") return "Only https is called.";
  if (isIp(host)) return "An address needs a name: IP addresses are not called.";
  if (!PORTS.includes(url.port)) return "Only the ports 443 and 8443 are called.";
  const labels = host.split(".");
  if (labels.length < 2) return "A name without a dot is one of an internal network.";
  if (INSIDE.includes(labels[labels.length - 1] as string)) return "This name is one of an internal network.";
  return undefined;
}

// Which addresses the shop calls: nothing that is not a public https address with a name, however it is written.
import { describe, expect, it } from "vitest";
import { whyNotCalled } from "../../../domain/webhook/address.ts";

describe("an address that is called", () => {
  it.each([
    ["https://shop.example.com/hooks"],
    ["https://shop.example.com:443/hooks?x=1"],
    ["https://shop.example.com:8443/"],
    ["https://SHOP.Example.COM/"],
    ["https://例え.jp/"],
    ["https://local.example.com/"],
    ["https://localhost.example.com/"],
  ])("is %s", (url) => {
    expect(whyNotCalled(url)).toBeUndefined();
  });
});

describe("an address that is not called", () => {
  it.each([
    // Not an address at all, or one with something in it that it should not have.
    ["", /no URL/],
    ["shop.example.com", /no URL/],
    ["https://", /no URL/],
    ["https://user:secret@shop.example.com/", /name or password/],
    ["https://user@shop.example.com/", /name or password/],
    ["https://shop.example.com/#x", /fragment/],
    // Other schemes.
    ["http://shop.example.com/", /Only https/],
    ["ftp://shop.example.com/", /Only https/],
    ["file:///etc/passwd", /Only https/],
    ["gopher://shop.example.com/", /Only https/],
    ["data:text/plain,x", /Only https/],
    ["javascript:alert(1)", /Only https/],
    // IPv4, in every spelling that a parser takes for one.
    ["https://127.0.0.1/", /IP addresses/],
    ["https://127.1/", /IP addresses/],
    ["https://127.0.0.1./", /IP addresses/],
    ["https://2130706433/", /IP addresses/],
    ["https://0x7f000001/", /IP addresses/],
    ["https://0x7f.0.0.1/", /IP addresses/],
    ["https://0177.0.0.1/", /IP addresses/],
    ["https://１２７.０.０.１/", /IP addresses/],
    ["https://%31%32%37.0.0.1/", /IP addresses/],
    ["https://0.0.0.0/", /IP addresses/],
    ["https://10.0.0.1/", /IP addresses/],
    ["https://172.16.0.1/", /IP addresses/],
    ["https://192.168.1.1/", /IP addresses/],
    ["https://100.64.0.1/", /IP addresses/],
    ["https://169.254.169.254/latest/meta-data/", /IP addresses/],
    ["https://8.8.8.8/", /IP addresses/],
    // IPv6, mapped and scoped ones too.
    ["https://[::1]/", /IP addresses/],
    ["https://[::]/", /IP addresses/],
    ["https://[::ffff:127.0.0.1]/", /IP addresses/],
    ["https://[::ffff:a9fe:a9fe]/", /IP addresses/],
    ["https://[64:ff9b::7f00:1]/", /IP addresses/],
    ["https://[fd00::1]/", /IP addresses/],
    ["https://[fe80::1]/", /IP addresses/],
    ["https://[2606:4700::1111]/", /IP addresses/],
    ["https://[fe80::1%25eth0]/", /no URL/],
    // Names of inside.
    ["https://localhost/", /without a dot/],
    ["https://localhost./", /without a dot/],
    ["https://metadata/", /without a dot/],
    ["https://kubernetes/", /without a dot/],
    ["https://app.localhost/", /internal network/],
    ["https://printer.local/", /internal network/],
    ["https://metadata.google.internal/", /internal network/],
    ["https://METADATA.GOOGLE.INTERNAL./", /internal network/],
    ["https://db.corp/", /internal network/],
    ["https://router.home.arpa/", /internal network/],
    ["https://1.0.0.127.in-addr.arpa/", /internal network/],
    ["https://x.onion/", /internal network/],
    // Ports that are no web server's.
    ["https://shop.example.com:22/", /ports/],
    ["https://shop.example.com:80/", /ports/],
    ["https://shop.example.com:6379/", /ports/],
    ["https://shop.example.com:0/", /ports/],
    ["https://shop.example.com:65536/", /no URL/],
  ])("is %s", (url, reason) => {
    expect(whyNotCalled(url)).toMatch(reason);
  });
});

describe("with the setting for trying out", () => {
  it.each([
    ["http://127.0.0.1:8080/"],
    ["http://localhost:3000/x"],
    ["https://localhost/"],
    ["http://[::1]:9/"],
    ["https://shop.example.com/"],
  ])("%s is called", (url) => {
    expect(whyNotCalled(url, true)).toBeUndefined();
  });

  it.each([
    ["http://shop.example.com/"],
    ["http://10.0.0.1/"],
    ["http://192.168.0.1:3000/"],
    ["http://app.localhost/"],
    ["ftp://127.0.0.1/"],
  ])("%s is not", (url) => {
    expect(whyNotCalled(url, true)).toBeDefined();
  });
});

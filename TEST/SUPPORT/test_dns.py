#!/usr/bin/env python3
"""A DNS server for tests, on a loopback port: UDP and TCP.

usage: test_dns.py ZONEFILE [PORT]      prints "port N" when it answers; re-reads ZONEFILE when it changes

Zone file lines:   name TYPE data     A ip | AAAA ip | MX pref host | CNAME host | TXT text | PTR host
                   name FAIL rcode    answer with this rcode (2 = SERVFAIL, 3 = NXDOMAIN)
                   name SILENT x      never answer
                   name TRUNC x       truncate over UDP, so that the client must use TCP
An unknown name is NXDOMAIN; a known name without the type is an empty answer.
"""
import ipaddress
import os
import socket
import struct
import sys
import threading

TYPES = {"A": 1, "CNAME": 5, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28}


class Zone:
    def __init__(self, path):
        self.path, self.stamp, self.rows = path, None, {}
        self.lock = threading.Lock()

    def lookup(self, name):
        with self.lock:
            stamp = os.stat(self.path).st_mtime_ns
            if stamp != self.stamp:
                self.stamp, self.rows = stamp, {}
                for line in open(self.path):
                    w = line.split("#")[0].split(None, 2)
                    if len(w) == 3:
                        self.rows.setdefault(w[0].lower().rstrip("."), []).append((w[1].upper(), w[2].strip()))
            return self.rows.get(name.lower().rstrip("."))


def encode_name(name):
    out = b""
    for label in name.rstrip(".").split("."):
        if label:
            out += bytes([len(label)]) + label.encode()
    return out + b"\0"


def decode_name(data, pos):
    labels = []
    while data[pos]:
        n = data[pos]
        labels.append(data[pos + 1:pos + 1 + n].decode("latin-1"))
        pos += n + 1
    return ".".join(labels), pos + 1


def rdata(kind, text):
    if kind in ("A", "AAAA"):
        return ipaddress.ip_address(text).packed
    if kind == "MX":
        pref, host = text.split()
        return struct.pack(">H", int(pref)) + encode_name(host)
    if kind == "TXT":
        return bytes([len(text)]) + text.encode()
    return encode_name(text)


def answer(zone, query, udp):
    ident, flags = struct.unpack(">HH", query[:4])
    name, pos = decode_name(query, 12)
    qtype, = struct.unpack(">H", query[pos:pos + 2])
    question = query[12:pos + 4]
    rows = zone.lookup(name)
    rcode, records, truncated = 0, [], False
    if rows is None:
        rcode = 3
    else:
        for kind, text in rows:
            if kind == "SILENT":
                return None
            if kind == "FAIL":
                rcode = int(text)
            elif kind == "TRUNC":
                truncated = udp
        seen, owner = 0, name
        while rows and seen < 8:
            alias = next((t for k, t in rows if k == "CNAME"), None)
            records += [(owner, k, t) for k, t in rows if TYPES.get(k) == qtype]
            if alias is None or qtype == 5:
                break
            records.append((owner, "CNAME", alias))
            owner, rows, seen = alias, zone.lookup(alias), seen + 1
    if truncated:
        records = []
    body = b""
    for owner, kind, text in records:
        data = rdata(kind, text)
        body += encode_name(owner) + struct.pack(">HHIH", TYPES[kind], 1, 60, len(data)) + data
    out = struct.pack(">HHHHHH", ident, 0x8180 | rcode | (0x200 if truncated else 0), 1, len(records), 0, 0) + question + body
    if udp and len(out) > 512:
        out = struct.pack(">HHHHHH", ident, 0x8380 | rcode, 1, 0, 0, 0) + question
    return out


def serve_tcp(zone, listener):
    while True:
        try:
            client, _ = listener.accept()
        except OSError:
            return
        with client:
            client.settimeout(5)
            try:
                size, = struct.unpack(">H", client.recv(2, socket.MSG_WAITALL))
                reply = answer(zone, client.recv(size, socket.MSG_WAITALL), False)
                if reply:
                    client.sendall(struct.pack(">H", len(reply)) + reply)
            except (OSError, struct.error, IndexError):
                pass


def main():
    zone = Zone(sys.argv[1])
    port = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    while True:
        tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        tcp.bind(("127.0.0.1", port))
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            udp.bind(tcp.getsockname())
            break
        except OSError:
            if port:
                raise
    tcp.listen(64)
    threading.Thread(target=serve_tcp, args=(zone, tcp), daemon=True).start()
    print("port", tcp.getsockname()[1], flush=True)
    while True:
        query, peer = udp.recvfrom(4096)
        try:
            reply = answer(zone, query, True)
        except (IndexError, struct.error, UnicodeError):
            continue
        if reply:
            udp.sendto(reply, peer)


main()

#!/usr/bin/env python3
"""Checks a draw from nothing but its published files. A second program beside `npm run verify`, written from the specification alone.

  verify.py --origin https://shop.example.org --session 20250814-daily
  verify.py --dir FOLDER [FOLDER ...]        saved files, under the same paths as on the site

The report goes to standard output, progress to standard error. Exit: 0 everything holds, 1 something does not (the report names it
with a code of docs/verify-reasons.md), 2 nothing can be said (wrong usage, or a file could not be had).
"""
import argparse
import json
import re
import sys

import forms
from audit import examine, outcome_of
from chains import check_chains
from files import Folder, Site
from report import Broken, Unreachable, as_object, as_text
from run import Run


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--origin", help="address of the shop")
    where.add_argument("--dir", nargs="+", metavar="FOLDER", help="folders with saved files")
    parser.add_argument("--session", help="id of the session; may be left out where a folder holds only one")
    parser.add_argument("--manifest", metavar="HASH", help="the manifest hash that was seen before the session opened")
    parser.add_argument("--log-key", metavar="VKEY", help="the log's key, if you know it from elsewhere")
    parser.add_argument("--seen", action="append", default=[], metavar="FILE", help="a checkpoint of the log that you kept")
    parser.add_argument("--chains", metavar="FILE", help="the operator's openings of the auditor's sample")
    parser.add_argument("--json", action="store_true", help="one JSON object per session instead of text")
    options = parser.parse_args()
    if options.session and not re.fullmatch(forms.SESSION, options.session):
        parser.error("that cannot be the id of a session")
    if options.origin and not options.session:
        parser.error("--origin needs --session")
    return options


def progress(what, done, of):
    sys.stderr.write(f"\r\x1b[K{what} {done:,} of {of:,}" if sys.stderr.isatty() and done < of else "")


def session_in(folder):
    found = folder.sessions()
    if len(found) != 1 or not re.fullmatch(forms.SESSION, found[0]):
        raise Unreachable(f"{folder.path} holds {len(found)} sessions: name one with --session")
    return found[0]


def verify(source, options):
    """The report of one session."""
    session = options.session or session_in(source)
    seen = []
    for name in options.seen:
        with open(name, "rb") as file:
            seen.append((name, file.read()))
    run = Run(source, session, progress, options.manifest, options.log_key, seen)
    try:
        found = examine(run)
        chains = {}
        if options.chains:
            with open(options.chains, "rb") as file:
                chains = {"chains": check_chains(run, file.read(), found)}
        return as_object(session, {**outcome_of(run, found), **chains})
    except Broken as broken:
        return as_object(session, {"checks": run.checks}, broken)


def main():
    options = arguments()
    sources = [Site(options.origin)] if options.origin else [Folder(path) for path in options.dir]
    code = 0
    for source in sources:
        try:
            report = verify(source, options)
        except (Unreachable, OSError) as error:
            sys.stderr.write(f"\r\x1b[K{error}\n")
            code = 2
            continue
        sys.stderr.write("\r\x1b[K" if sys.stderr.isatty() else "")
        print(json.dumps(report, ensure_ascii=False) if options.json else as_text(report), flush=True)
        code = max(code, 1 if report["verdict"] == "invalid" else 0)
    return code


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())

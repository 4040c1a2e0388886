#!/usr/bin/env python3
"""Validates notices with the rules of the EU and of DFØ, all in one process, and tells what is not valid.

usage: validate.py STANDARDS FOLDER    (Python with the requirements of STANDARDS/validate)
Exit 0: all valid. 1: at least one is not, or the rules themselves broke on it.
"""
import collections, glob, os, re, sys

standards, folder = sys.argv[1:3]
sys.path.insert(0, standards + "/validate")
import validate_eforms_no as no

SDK, NOR = standards + "/sdk-1.14.2", standards + "/eforms-sdk-nor"
rules, counts, bad = {}, collections.Counter(), 0
for file in sorted(glob.glob(folder + "/*.xml")):
    profile = no.profile(open(file, encoding="utf-8").read())
    if profile not in rules:
        # False: stored notices may be of any day, not of today only.
        rules[profile] = no.Nor(SDK, NOR, profile, False)
    try:
        result = rules[profile].validate(file)
        problems = [m for m in result["messages"] if m["role"] == "ERROR"]
    except Exception as e:
        result, problems = {"subtype": "?"}, [{"stage": "broke", "text": str(e)}]
    kind = re.sub(r"-\d+$", "", os.path.splitext(os.path.basename(file))[0])
    counts[(kind, profile, result.get("subtype"), "invalid" if problems else "valid")] += 1
    bad += bool(problems)
    for m in problems[:5]:
        print(os.path.basename(file), m["stage"], m.get("id", ""), m.get("field", ""), m.get("text", "") or repr(m.get("value", "")))
for (kind, profile, subtype, outcome), number in sorted(counts.items(), key=str):
    print(f"{number:6} {outcome:8} {kind} profile={profile} subtype={subtype}")
print(f"{sum(counts.values())} notices, {bad} not valid")
sys.stdout.flush()
os._exit(1 if bad else 0)  # Saxon does not end by itself

#!/usr/bin/env python3
"""Takes the code lists out of the eForms SDK and DFØ's tailoring of it, for a new version of either.

usage: update.py SDK NOR
  SDK  an unpacked OP-TED/eForms-SDK          NOR  anskaffelser/eforms-sdk-nor
Needs PyYAML. Writes into lists/, beside this file; README.md says what the columns are.
"""
import csv, glob, os, sys
import xml.etree.ElementTree as ET
import yaml

sdk, nor = sys.argv[1:3]
out = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lists")

PLAIN = """communication-justification contract-nature economic-operator-size einvoicing environmental-impact
    eu-official-language exclusion-ground framework-agreement innovative-acquisition language non-award-justification
    procurement-procedure-type selection-criterion social-objective strategic-procurement""".split()
# Kinds of buyers that are utilities, so that BT-610 and not BT-10 says what they do (rules of BT-10 and BT-610).
UTILITIES = {"pub-undert", "pub-undert-cga", "pub-undert-la", "pub-undert-ra", "spec-rights-entity"}
# Kinds that DFØ finds too general (EFORMS-NOR-NATIONAL-LT-R002B).
TOO_GENERAL = {"body-pl", "org-sub", "pub-undert"}


def rows(name):
    """The rows of a list, which may be a tailored one: `main-activity_authority-activity.gc`."""
    file = (glob.glob(f"{sdk}/codelists/{name}.gc") or glob.glob(f"{sdk}/codelists/*_{name}.gc"))[0]
    for row in ET.parse(file).getroot().iter("Row"):
        values = {v.get("ColumnRef"): v.findtext("SimpleValue") or "" for v in row.findall("Value")}
        yield values["code"], one_line(values.get("eng_label") or values.get("Name"))


def codes(name):
    return {code for code, _ in rows(name)}


def bokmaal(name):
    file = f"{nor}/src/codelists/{name}.yaml"
    labels = yaml.safe_load(open(file, encoding="utf-8")) if os.path.exists(file) else {}
    return {code: one_line(label.get("nob")) for code, label in labels.items() if isinstance(label, dict)}


def one_line(text):
    return " ".join((text or "").split())


def write(name, flags=None, flag=lambda code: []):
    labels = bokmaal(name)
    with open(f"{out}/{name}.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["code", *(flags or []), "eng", "nob"])
        table.writerows([code, *flag(code), eng, labels.get(code, "")] for code, eng in rows(name))


def yes(condition):
    return "yes" if condition else "no"


for name in PLAIN:
    write(name)

write("buyer-legal-type", ["kind", "precise"],
      lambda code: ["utility" if code in UTILITIES else "authority", yes(code not in TOO_GENERAL)])
authority, utility = codes("authority-activity"), codes("entity-activity")
write("main-activity", ["authority", "utility"], lambda code: [yes(code in authority), yes(code in utility)])
regions, postcodes = codes("nuts-country"), codes("postcode-country")
write("country", ["nuts", "postcode"], lambda code: [yes(code in regions), yes(code in postcodes)])

with open(f"{out}/nuts-lvl3.csv", "w", encoding="utf-8") as file:
    file.write("code,country\n")
    for path in sorted(glob.glob(f"{sdk}/codelists/nuts_nuts-???-lvl3.gc")):
        country = os.path.basename(path)[10:13]
        file.writelines(f"{code},{country.upper()}\n" for code, _ in rows(f"nuts_nuts-{country}-lvl3"))

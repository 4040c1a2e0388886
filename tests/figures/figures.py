"""The indicators of /statistikk, computed a second time: from the raw XML, in another language, by somebody who has read
the definitions and not the code. Standard library only.

    python3 figures.py [--suppliers FILE] FILE…  ->  JSON: {"2023": {"competitions": 12, …}, …, "EKG12": {…}, …, "total": {…}}, a share as [part, base]

Suppliers are the organisation numbers of those that are registered, by their kind: {"startup": ["974760673", …], …}.
By year, by the KOSTRA group of the municipality that buys, and all together. A notice without a date is under "". Of several versions of one notice that are no changes only the last counts, except for
"notices", which counts everything.
"""

import json
import re
import statistics
import sys
import xml.etree.ElementTree as ET
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
EFAC = "{http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1}"
EFBC = "{http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1}"
INNOVATION = {"innovation", "comp-dial"}
# BT-776 and BT-06, today and before. Other codes, and withheld ones, say nothing.
NOVELTIES = {"mar-nov", "proc-innov", "prod-innov", "rd-act", "other", "fp-requ", "org-nov", "buy-eff"}
AIMS = {"env-imp", "inn-pur", "soc-obj", "none"}


def text(element, path):
    found = element.find(path) if element is not None else None
    return found.text.strip() if found is not None and found.text and found.text.strip() else None


def day(value):
    try:
        return date.fromisoformat(value[:10])
    except (TypeError, ValueError):
        return None


def amount(element):
    """In kroner. None for a withheld amount, and for another currency."""
    if element is None or not (element.text or "").strip():
        return None
    value = Decimal(element.text.strip())
    return (value, element.get("currencyID")) if value >= 0 else None


def total(elements):
    """The sum of amounts in one currency. None if one of them is missing."""
    amounts = [amount(element) for element in elements]
    if not amounts or any(a is None for a in amounts) or len({currency for _, currency in amounts}) > 1:
        return None
    return sum(value for value, _ in amounts), amounts[0][1]


def kroner(pair):
    return pair[0] if pair and pair[1] == "NOK" else None


def table(name):
    """A table of the law and the registers: a dictionary from the first column to the second, as numbers."""
    path = Path(__file__).parents[2] / "crates/regulations/src" / name
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    return {int(a): int(b) for a, b in (line.split(",") for line in lines[1:])}


INHABITANTS = table("inhabitants.csv")
KOSTRA_GROUPS = table("kostra_groups.csv")
BUYS_FOR = {number: municipality for municipality, number in table("municipality_buyers.csv").items()}


def municipality(root):
    """The one that buys. None if the first buyer is none."""
    companies = {}
    for organisation in root.iter(EFAC + "Organization"):
        company = organisation.find(EFAC + "Company")
        number = text(company, CAC + "PartyLegalEntity/" + CBC + "CompanyID")
        companies[text(company, CAC + "PartyIdentification/" + CBC + "ID")] = number
    buyer = text(root, CAC + "ContractingParty/" + CAC + "Party/" + CAC + "PartyIdentification/" + CBC + "ID")
    digits = "".join(c for c in companies.get(buyer) or "" if c.isdigit())
    return BUYS_FOR.get(int(digits)) if len(digits) == 9 else None


def called(identifier):
    """A notice by one name, however it is referred to. None for what names no notice."""
    identifier = (identifier or "").strip().lower()
    if found := re.fullmatch(r"([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(-\d\d)?", identifier):
        return found[1]
    if found := re.fullmatch(r"(20\d\d-\d{6})(-\d\d)?", identifier):
        return "doffin " + found[1]
    if found := re.fullmatch(r"(\d{1,8})-(\d{4})", identifier):
        return f"ted {int(found[1])} of {found[2]}"
    if found := re.fullmatch(r"(\d{4})/s \d+-(\d+)", identifier):
        return f"ted {int(found[2])} of {found[1]}"
    return None


def organisation_number(written):
    """Nine digits of which the last follows from the others (modulo 11). None for what is no Norwegian number."""
    plain = re.sub(r"\s", "", written or "").upper()
    digits = re.fullmatch(r"(?:NO)?([2389]\d{8})(?:MVA)?", plain, re.ASCII)
    if not digits:
        return None
    *first, last = map(int, digits[1])
    rest = sum(digit * weight for digit, weight in zip(first, (3, 2, 7, 6, 5, 4, 3, 2))) % 11
    return digits[1] if last == (11 - rest) % 11 else None


def mark_what_came_before(notices):
    """Of each competition the forms of the earlier planning and consultations that are here."""
    plans = [n for n in notices if n["form"] in ("planning", "consultation")]
    for notice in notices:
        of_procedure = lambda p: (
            notice["procedure_id"]
            and p["procedure_id"] == notice["procedure_id"]
            and p["procedure_id"].lower() not in ("unknown", "n.a.")
            and p["issued"]
            and notice["issued"]
            and p["issued"] < notice["issued"]
        )
        pointed_at, named, last = [], set(notice["points_at"]), -1
        while len(pointed_at) > last:
            last = len(pointed_at)
            pointed_at = [p for p in plans if p["is_called"] & named]
            named = named.union(*(p["points_at"] for p in pointed_at))
        notice["before"] = {p["form"] for p in pointed_at} | {p["form"] for p in plans if of_procedure(p)}


def facts(path):
    root = ET.parse(path).getroot()
    kind = root.find(CBC + "NoticeTypeCode")
    lots = [p for p in root.findall(CAC + "ProcurementProjectLot")]
    of_kind = lambda scheme: [l for l in lots if (l.find(CBC + "ID") is not None and l.find(CBC + "ID").get("schemeName") == scheme)]
    codes = lambda name: {
        t.text.strip() for lot in lots for t in lot.iter(CBC + "ProcurementTypeCode") if t.get("listName") == name and t.text
    }
    project = root.find(CAC + "ProcurementProject")
    total_path = CAC + "RequestedTenderTotal/" + CBC + "EstimatedOverallContractAmount"
    estimated = amount(project.find(total_path)) if project is not None and project.find(total_path) is not None else None
    if project is None or project.find(total_path) is None:
        # Groups of lots have the same lots once more.
        values = [lot.find(CAC + "ProcurementProject/" + total_path) for lot in lots if lot not in of_kind("LotsGroup")]
        estimated = total(values)
    deadlines = []
    for lot in lots:
        process = lot.find(CAC + "TenderingProcess")
        deadline = day(text(process, CAC + "TenderSubmissionDeadlinePeriod/" + CBC + "EndDate"))
        deadline = deadline or day(text(process, CAC + "ParticipationRequestReceptionPeriod/" + CBC + "EndDate"))
        if deadline:
            deadlines.append(deadline)
    before = [
        r
        for r in list(root.findall(CAC + "TenderingProcess/" + CAC + "NoticeDocumentReference"))
        + [r for lot in lots for r in lot.findall(CAC + "TenderingProcess/" + CAC + "NoticeDocumentReference")]
        if text(r, CBC + "ID")
    ]
    published = next(root.iter(EFBC + "NoticePublicationID"), None)
    return {
        "id": text(root, CBC + "ID"),
        "version": text(root, CBC + "VersionID"),
        "procedure_id": text(root, CBC + "ContractFolderID"),
        "year": (lambda d: str(d.year) if d else "")(day(text(root, CBC + "IssueDate"))),
        "issued": day(text(root, CBC + "IssueDate")),
        "form": kind.get("listName") if kind is not None else None,
        "procedure": text(root, CAC + "TenderingProcess/" + CBC + "ProcedureCode"),
        # An element that names neither what it changes nor why repeats how a competition was changed.
        "is_change": any(
            text(c, EFBC + "ChangedNoticeIdentifier") or text(c, EFAC + "ChangeReason/" + CBC + "ReasonCode")
            for c in root.iter(EFAC + "Changes")
        ),
        "innovation": codes("innovative-acquisition"),
        "aims": codes("strategic-procurement"),
        "estimated": kroner(estimated),
        "deadline": min(deadlines, default=None),
        "follows": bool(before),
        "points_at": {called(text(r, CBC + "ID")) for r in before} - {None},
        "is_called": {called(text(root, CBC + "ID")), called(published.text if published is not None else None)} - {None},
        "inhabitants": INHABITANTS.get(municipality(root)),
        "kostra_group": KOSTRA_GROUPS.get(municipality(root)),
        **result(root),
    }


def result(root):
    notice = next(root.iter(EFAC + "NoticeResult"), None)
    if notice is None:
        return {"lots": [], "awarded": None, "decided": None, "winners": [], "winner_numbers": set()}
    tenders = {text(t, CBC + "ID"): t for t in notice.findall(EFAC + "LotTender")}
    parties = {text(p, CBC + "ID"): p for p in notice.findall(EFAC + "TenderingParty")}
    companies = {}
    for organisation in root.iter(EFAC + "Organization"):
        company = organisation.find(EFAC + "Company")
        place = text(company, CAC + "PartyIdentification/" + CBC + "ID")
        number = "".join(c for c in text(company, CAC + "PartyLegalEntity/" + CBC + "CompanyID") or "" if c.isalnum()).upper()
        country = text(company, CAC + "PostalAddress/" + CAC + "Country/" + CBC + "IdentificationCode")
        who = (number, country) if sum(c in "0123456789" for c in number) >= 4 else place
        is_person = (text(organisation, EFBC + "NaturalPersonIndicator") or "").lower() in ("true", "1")
        is_norwegian = country in ("NOR", "SJM") or not country and "anskaffelser.no" in (text(root, CBC + "CustomizationID") or "")
        written = [c.text for c in company.findall(CAC + "PartyLegalEntity/" + CBC + "CompanyID")] if company is not None else []
        norwegian = next(filter(None, map(organisation_number, written)), None) if is_norwegian and not is_person else None
        companies[place] = (who, text(company, EFBC + "CompanySizeCode"), norwegian)
    contracts = {text(c, CBC + "ID"): c for c in notice.findall(EFAC + "SettledContract")}
    known = {text(lot.find("."), CBC + "ID") for lot in root.findall(CAC + "ProcurementProjectLot")}
    named = lambda element: [text(t, CBC + "ID") for t in element.findall(EFAC + "LotTender") if text(t, CBC + "ID") in tenders]
    lots, winners, numbers, winning = {}, {}, set(), set()
    for place, lot in enumerate(notice.findall(EFAC + "LotResult")):
        outcome = text(lot, CBC + "TenderResultCode")
        received = {}
        for statistic in lot.findall(EFAC + "ReceivedSubmissionsStatistics"):
            number = text(statistic, EFBC + "StatisticsNumeric")
            if number is not None and int(Decimal(number)) >= 0:
                received[text(statistic, EFBC + "StatisticsCode")] = int(Decimal(number))
            else:
                received.pop(text(statistic, EFBC + "StatisticsCode"), None)
        # The results of one lot are about the same tenders.
        name = text(lot, EFAC + "TenderLot/" + CBC + "ID")
        lots.setdefault(name if name in known else place, []).append((outcome, received))
        of_contracts = [text(c, CBC + "ID") for c in lot.findall(EFAC + "SettledContract")]
        contracted = {t for c in of_contracts if c in contracts for t in named(contracts[c])}
        of_result = set(named(lot))
        won = (of_result & contracted) or of_result or contracted
        if outcome in ("selec-w", None):
            winning |= won
        if outcome == "selec-w":
            for tender in (tenders[t] for t in won):
                party = parties.get(text(tender, EFAC + "TenderingParty/" + CBC + "ID"))
                for tenderer in party.findall(EFAC + "Tenderer") if party is not None else []:
                    name = text(tenderer, CBC + "ID")
                    if name in companies:
                        who, size, number = companies[name]
                        winners.setdefault(who, set()).add(size)
                        numbers |= {number} - {None}
    stated = notice.find(CBC + "TotalAmount")
    values = [tenders[t].find(CAC + "LegalMonetaryTotal/" + CBC + "PayableAmount") for t in winning]
    awarded = amount(stated) if stated is not None else total(values)
    decided = [day(text(c, CBC + "AwardDate")) for c in notice.findall(EFAC + "SettledContract")]
    return {
        "lots": [together(results) for results in lots.values()],
        "awarded": kroner(awarded),
        "decided": min((d for d in decided if d), default=None),
        "winners": [next((s for s in sizes if s), None) for sizes in winners.values()],
        "winner_numbers": numbers,
    }


def together(results):
    """What the results of one lot tell of it."""
    won = [received for outcome, received in results if outcome == "selec-w"]
    if won:
        return "selec-w", {kind: max(r[kind] for r in won if kind in r) for kind in set().union(*won)}
    closed = any(outcome == "clos-nw" for outcome, _ in results)
    return ("clos-nw" if closed else None), {}


def part(items, condition):
    items = list(items)
    return [sum(1 for item in items if condition(item)), len(items)]


def indicators(notices, counted, deadlines, suppliers):
    competitions = [n for n in counted if n["form"] == "competition"]
    results = [n for n in counted if n["form"] == "result"]
    lots = [lot for n in results for lot in n["lots"]]
    awarded = [received for outcome, received in lots if outcome == "selec-w"]
    told = [received for received in awarded if received.get("tenders", 0) > 0]
    both = [received for received in told if "t-sme" in received and received["t-sme"] <= received["tenders"]]
    sizes = [size for n in results for size in n["winners"] if size in {"micro", "small", "medium", "sme", "large"}]
    numbers = [number for n in results for number in n["winner_numbers"]]
    days = [
        (n["decided"] - deadlines[n["procedure_id"]]).days
        for n in results
        if n["decided"] and n["procedure_id"] in deadlines and n["decided"] >= deadlines[n["procedure_id"]]
    ]
    with_aims = [n for n in competitions if n["aims"] & AIMS]
    estimated = [n for n in competitions if n["estimated"] is not None]
    value = sum((n["estimated"] for n in estimated), Decimal(0))
    made = sum((n["estimated"] for n in estimated if n["procedure"] in INNOVATION), Decimal(0))
    given = [n["awarded"] for n in results if n["awarded"] is not None]
    return {
        "notices": len(notices),
        "consultations": sum(n["form"] == "consultation" for n in counted),
        "plannings": sum(n["form"] == "planning" for n in counted),
        "competitions": len(competitions),
        "results": len(results),
        "estimated-value": [float(value), len(estimated)],
        "awarded-value": [float(sum(given, Decimal(0))), len(given)],
        "innovation-procedure-share": part((n for n in competitions if n["procedure"]), lambda n: n["procedure"] in INNOVATION),
        "innovation-procedure-value-share": [float(made / value) if value else None, len(estimated)],
        "innovation-marked-share": part(competitions, lambda n: n["innovation"] & NOVELTIES or "inn-pur" in n["aims"]),
        **{f"innovation-{code}-share": part(competitions, lambda n, code=code: code in n["innovation"]) for code in ("mar-nov", "proc-innov", "prod-innov", "rd-act")},
        "environment-share": part(with_aims, lambda n: "env-imp" in n["aims"]),
        "social-share": part(with_aims, lambda n: "soc-obj" in n["aims"]),
        "dialogue-before-share": part(competitions, lambda n: n["follows"]),
        "planning-before-share": part(competitions, lambda n: n["before"]),
        "consultation-before-share": part((n for n in competitions if n["before"]), lambda n: "consultation" in n["before"]),
        "small-municipality-share": part(
            (n for n in competitions if n["inhabitants"] is not None), lambda n: n["inhabitants"] < 5_000
        ),
        "without-call-share": part((n for n in results if n["procedure"]), lambda n: n["procedure"] == "neg-wo-call"),
        "tenders-per-lot": [sum(r["tenders"] for r in told), len(told)],
        "single-tender-share": part(told, lambda r: r["tenders"] == 1),
        "lots-without-award-share": part(lots, lambda lot: lot[0] == "clos-nw"),
        "sme-tender-share": [sum(r["t-sme"] for r in both), sum(r["tenders"] for r in both)],
        "sme-winner-share": part(sizes, lambda size: size != "large"),
        "startup-winner-share": part(numbers, lambda number: number in suppliers.get("startup", ())),
        "social-entrepreneur-winner-share": part(numbers, lambda number: number in suppliers.get("social_entrepreneur", ())),
        "decision-days": [statistics.median(days) if days else None, len(days)],
    }


def main(paths):
    suppliers = {}
    if paths[:1] == ["--suppliers"]:
        suppliers = {kind: set(numbers) for kind, numbers in json.loads(Path(paths[1]).read_text()).items()}
        paths = paths[2:]
    notices = [facts(path) for path in paths]
    mark_what_came_before(notices)
    last = {}
    for notice in notices:
        if not notice["is_change"] and notice["id"]:
            best = last.get(notice["id"])
            if best is None or int(notice["version"] or 0) > int(best["version"] or 0):
                last[notice["id"]] = notice
    counts = lambda n: not n["is_change"] and (not n["id"] or last[n["id"]] is n)
    deadlines = defaultdict(list)
    for notice in notices:
        if notice["form"] == "competition" and notice["deadline"] and (notice["procedure_id"] or "unknown").lower() not in ("unknown", "n.a."):
            deadlines[notice["procedure_id"]].append((notice["issued"] or date.min, notice["deadline"]))
    # A deadline may be moved: the last notice that tells one holds.
    deadlines = {procedure: max(told)[1] for procedure, told in deadlines.items()}
    years = defaultdict(list)
    for notice in notices:
        years[notice["year"]].append(notice)
    alike = defaultdict(list)
    for notice in notices:
        if notice["kostra_group"]:
            alike[f"EKG{notice['kostra_group']:02}"].append(notice)
    groups = {**years, **alike, "total": notices}
    figures = lambda group: indicators(group, [n for n in group if counts(n)], deadlines, suppliers)
    print(json.dumps({name: figures(group) for name, group in groups.items()}))


if __name__ == "__main__":
    main(sys.argv[1:])

"""Extracts the main facts of notices with lxml and XPath, as most programs do. Prints the seconds it takes: of each file
the best of as many passes as fit in three seconds.

Takes far fewer facts than the Rust reader does: those of reference_fields in the corpus.
"""
import sys
import time
from pathlib import Path

from lxml import etree

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
EFORMS = "http://data.europa.eu/p27/eforms-ubl-extension"
NAMES = {
    "cac": UBL + "CommonAggregateComponents-2",
    "cbc": UBL + "CommonBasicComponents-2",
    "ext": UBL + "CommonExtensionComponents-2",
    "efext": EFORMS + "s/1",
    "efac": EFORMS + "-aggregate-components/1",
    "efbc": EFORMS + "-basic-components/1",
}
EXT = "ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension/"
KIND = "cac:ProcurementProject/cac:ProcurementAdditionalType/cbc:ProcurementTypeCode[@listName='%s']"


def path(text):
    return etree.XPath(text, namespaces=NAMES)


ONCE = [path(p) for p in (
    "cbc:ID", "cbc:VersionID", "cbc:ContractFolderID", "cbc:IssueDate", "cbc:IssueTime", "cbc:RegulatoryDomain",
    "cbc:NoticeTypeCode", "cbc:NoticeTypeCode/@listName", EXT + "efac:NoticeSubType/cbc:SubTypeCode",
    "cac:TenderingProcess/cbc:ProcedureCode", "cac:ProcurementProject/cbc:Name", "cac:ProcurementProject/cbc:Description",
    "cac:ProcurementProject/cbc:ProcurementTypeCode",
    "cac:ProcurementProject/cac:MainCommodityClassification/cbc:ItemClassificationCode",
    "cac:ProcurementProject/cac:RequestedTenderTotal/cbc:EstimatedOverallContractAmount",
    "cac:ProcurementProject/cac:RealizedLocation/cac:Address/cbc:CountrySubentityCode",
    "cac:ContractingParty/cac:ContractingPartyType/cbc:PartyTypeCode",
    EXT + "efac:NoticeResult/cbc:TotalAmount", EXT + "efac:Changes",
)]
LOTS = path("cac:ProcurementProjectLot")
OF_LOT = [path(p) for p in (
    "cbc:ID", "cac:ProcurementProject/cbc:Name", KIND % "strategic-procurement", KIND % "innovative-acquisition",
    "cac:TenderingProcess/cac:TenderSubmissionDeadlinePeriod/cbc:EndDate",
)]
ORGANISATIONS = path(EXT + "efac:Organizations/efac:Organization/efac:Company")
OF_ORGANISATION = [path(p) for p in (
    "cac:PartyIdentification/cbc:ID", "cac:PartyName/cbc:Name", "cac:PartyLegalEntity/cbc:CompanyID",
    "cac:PostalAddress/cac:Country/cbc:IdentificationCode", "efbc:CompanySizeCode",
)]
RESULTS = path(EXT + "efac:NoticeResult/efac:LotResult")
OF_RESULT = [path(p) for p in (
    "efac:TenderLot/cbc:ID", "cbc:TenderResultCode", "efac:DecisionReason/efbc:DecisionReasonCode",
    "efac:ReceivedSubmissionsStatistics/efbc:StatisticsCode", "efac:ReceivedSubmissionsStatistics/efbc:StatisticsNumeric",
)]


def values(element, paths):
    return [[v if isinstance(v, str) else v.text for v in p(element)] for p in paths]


def extract(xml):
    root = etree.fromstring(xml)
    return (
        values(root, ONCE),
        [values(lot, OF_LOT) for lot in LOTS(root)],
        [values(organisation, OF_ORGANISATION) for organisation in ORGANISATIONS(root)],
        [values(result, OF_RESULT) for result in RESULTS(root)],
    )


def main():
    files = [file.read_bytes() for file in sorted(Path(sys.argv[1]).rglob("*.xml"))]
    best = [float("inf")] * len(files)
    start = time.perf_counter()
    while time.perf_counter() - start < 3:
        for nth, xml in enumerate(files):
            begin = time.perf_counter()
            extract(xml)
            best[nth] = min(best[nth], time.perf_counter() - begin)
    print(sum(best))


main()

"""Write the specimens of inventories no other generator makes: `python tools/specimens.py FOLDER` (same bytes each time).

Everything is invented: machines, numbers, sites. Only headings, dialects and product names imitate the real tools. The
counts planted here are those of ``examples/inventories/README.md`` and of the tests.
"""

import csv
import io
import random
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

END = date(2026, 9, 30)
SITES = ("Siège", "Agence Nord", "Agence Sud", "Dépôt")
LAPTOPS = (("Dell Inc.", "Latitude 5540"), ("HP", "HP EliteBook 840 G8 Notebook PC"), ("LENOVO", "20W0005NFR"),
           ("Dell Inc.", "Latitude 5420"))  # fmt: skip
HOSTS = (("HPE", "ProLiant DL380 Gen10"), ("Dell Inc.", "PowerEdge R650"), ("Nutanix", "NX-3060-G7"))
DESKTOPS = (("Dell Inc.", "OptiPlex 7060"), ("HP", "HP ProDesk 600 G5 SFF"), ("LENOVO", "11DT003PFR"))


class Maker:
    """Draws invented facts, always the same ones."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)

    def serial(self, length: int = 9) -> str:
        """Letters and digits, a letter first: never a number a spreadsheet would change."""
        return self.draw.choice("PMRZ") + "".join(
            self.draw.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(length - 1)
        )

    def day(self, first: int, last: int) -> date:
        """A day, ``first`` to ``last`` days before the end of the period."""
        return END - timedelta(days=self.draw.randint(first, last))

    def instant(self, first: int, last: int) -> datetime:
        """A day and an hour."""
        return datetime.combine(self.day(first, last), datetime.min.time()) + timedelta(
            seconds=self.draw.randint(1, 86_399)
        )

    def one(self, of: tuple) -> object:
        """One of them."""
        return self.draw.choice(of)


def american(moment: datetime) -> str:
    """``9/28/2026 2:05:11 PM``."""
    hour = moment.hour % 12 or 12
    half = "PM" if moment.hour >= 12 else "AM"
    return f"{moment.month}/{moment.day}/{moment.year} {hour}:{moment:%M:%S} {half}"


def lansweeper() -> tuple[list[str], list[list[str]]]:
    """96 assets: 10 guests, 2 written twice, 5 gone, 6 in stock, 3 serials that identify nothing, American dates."""
    make, rows = Maker(31), []
    headings = ["AssetID", "AssetName", "AssetTypename", "Domain", "Username", "IPAddress", "IPLocation", "Manufacturer",
                "Model", "Serialnumber", "Statename", "PurchaseDate", "Warrantydate", "Lastseen", "OSname"]  # fmt: skip
    kinds = ([("Windows", *LAPTOPS[n % 4]) for n in range(36)] + [("Windows", *DESKTOPS[n % 3]) for n in range(22)]
             + [("VMware Guest", "VMware, Inc.", "VMware Virtual Platform")] * 10
             + [("VMware ESXi server", "Dell Inc.", "PowerEdge R740")] * 4
             + [("Monitor", "Dell", "DELL P2419H")] * 12 + [("Printer", "HP", "HP LaserJet Pro M404dn")] * 5
             + [("Switch", "Cisco", "WS-C2960X-48TS-L")] * 4 + [("VoIP phone", "Yealink", "T46S")] * 2
             + [("Windows", "", "")])  # fmt: skip
    states = {3: "Broken", 8: "Sold", 9: "Sold", 15: "Stolen", 21: "Old", 30: "Old", 40: "Stock", 41: "Stock",
              42: "Stock", 43: "Stock", 75: "Stock", 76: "Stock", 5: "Non-active", 50: "Non-active"}  # fmt: skip
    for n, (kind, maker, model) in enumerate(kinds):
        bought = american(datetime.combine(make.day(60, 1000), datetime.min.time())) if n % 3 else ""
        rows.append([str(4000 + n), f"{kind[:3].upper().strip()}-{n:04}", kind, "VALMONT", f"u{n:05}" if n < 58 else "",
                     f"192.0.2.{n + 1}", str(make.one(SITES)), maker, model, make.serial(), states.get(n, "Active"), bought,
                     american(datetime.combine(END + timedelta(days=400), datetime.min.time())) if bought else "",
                     american(make.instant(1, 40)), "Windows 11 Pro" if kind == "Windows" else ""])  # fmt: skip
    for n, junk in ((2, "To be filled by O.E.M."), (11, "Default string"), (38, "")):
        rows[n][9] = junk
    rows[13][9], rows[44][9] = rows[12][9], rows[37][9]  # two computers scanned under two names
    rows[12][7:9] = rows[13][7:9]
    rows[37][7:9] = rows[44][7:9]
    return headings, rows


def sccm() -> tuple[list[str], list[list[str]]]:
    """110 records: 12 guests of two hypervisors, 6 obsolete records of machines set up again, chassis as numbers."""
    make, rows = Maker(32), []
    headings = ["ResourceID", "Netbios_Name0", "Resource_Domain_OR_Workgr0", "User_Name0", "Manufacturer0", "Model0",
                "Version0", "SerialNumber0", "ChassisTypes0", "Operating_System_Name_and0", "LastHWScan", "Client0",
                "Obsolete0", "SMS_Assigned_Sites0"]  # fmt: skip
    kinds = ([(*LAPTOPS[n % 4], "10") for n in range(58)] + [(*DESKTOPS[n % 3], "3") for n in range(28)]
             + [("VMware, Inc.", "VMware7,1", "1")] * 8 + [("Microsoft Corporation", "Virtual Machine", "3")] * 4
             + [("Dell Inc.", "PowerEdge R650", "23")] * 4 + [("System manufacturer", "System Product Name", "3")] * 2)  # fmt: skip
    for n, (maker, model, chassis) in enumerate(kinds):
        scanned = make.instant(1, 70)
        version = "ThinkPad T14 Gen 2" if model == "20W0005NFR" else ""
        serial = "VMware-42 1c 0a" if maker.startswith("VMware") else make.serial()
        rows.append([str(16777300 + n), f"VAL-{n:04}", "VALMONT", f"VALMONT\\u{n:05}", maker, model, version, serial,
                     f"{{{chassis}}}" if n % 10 == 0 else chassis, "Microsoft Windows NT Workstation 10.0",
                     f"{scanned:%d/%m/%Y %H:%M:%S}", "1", "0", "VAL"])  # fmt: skip
    for n in range(6):  # set up again: a new record, the old one obsolete and scanned long before
        old = list(rows[n * 3])
        old[0], old[1], old[10], old[12] = str(16770000 + n), f"OLD-{n:04}", f"{13 + n}/02/2025 08:00:00", "1"
        rows.append(old)
    rows[57][7], rows[85][7] = "System Serial Number", ""
    return headings, rows


def sccm_in_words() -> tuple[list[str], list[list[str]]]:
    """64 records of a query with titles in English: 6 guests, 3 computers set up again, 4 never scanned, American dates."""
    make, rows = Maker(38), []
    headings = ["Computer Name", "Resource Domain OR Workgroup", "SMS Site Code", "User Name", "Manufacturer", "Model",
                "Serial Number", "Asset Tag", "Chassis Type", "Operating System", "Client Version", "Last Hardware Scan",
                "Resource ID"]  # fmt: skip
    kinds = ([(*LAPTOPS[n % 4], "Notebook") for n in range(30)] + [(*DESKTOPS[n % 3], "Low Profile Desktop") for n in range(16)]
             + [("VMware, Inc.", "VMware7,1", "Other")] * 4 + [("Microsoft Corporation", "Virtual Machine", "Desktop")] * 2
             + [("Dell Inc.", "PowerEdge R650", "Rack Mount Chassis")] * 3
             + [("System manufacturer", "System Product Name", "Mini Tower"), ("Microsoft Corporation", "Surface Pro 9", "Detachable")]
             + [("", "", "")] * 4)  # fmt: skip
    for n, (maker, model, chassis) in enumerate(kinds):
        tag = f"VAL{n:05}" if n % 3 == 0 else ("No Asset Tag", "", "No Asset Information")[n % 3]
        serial = "VMware-42 1c 0b" if maker.startswith("VMware") else make.serial() if maker else ""
        scanned = american(make.instant(1, 70)) if maker else ""
        rows.append([f"CM-{n:04}", "VALMONT", "VAL", f"VALMONT\\u{n:05}", maker, model, serial, tag if maker else "", chassis,
                     "Microsoft Windows 11 Enterprise" if maker else "", "5.00.9128.1007", scanned, str(16778000 + n)])  # fmt: skip
    for n in range(3):  # set up again: a new record, the old one scanned long before
        old = list(rows[n * 5])
        old[0], old[11], old[12] = f"OLD-CM-{n}", american(datetime(2025, 3, 13 + n, 9, 5, 7)), str(16771000 + n)
        rows.append(old)
    rows[29][6], rows[45][6] = "System Serial Number", "To Be Filled By O.E.M."
    return headings, rows


def sccm_report() -> tuple[list[str], list[list[str]]]:
    """24 computers of the built-in report Hardware 01A as its CSV gives it: names of cells, facts of the report above."""
    make, rows = Maker(39), []
    cells = ("ResourceID", "ComputerName", "DomainWorkgroup", "SMSSiteName", "TopConsoleUser", "OperatingSystem",
             "ServicePackLevel", "SerialNumber", "AssetTag", "Manufacturer", "Model", "MemoryKBytes", "ProcessorGHz",
             "DiskSpaceMB", "FreeDiskSpaceMB")  # fmt: skip
    for n in range(24):
        maker, model = LAPTOPS[n % 4] if n < 16 else DESKTOPS[n % 3] if n < 22 else ("VMware, Inc.", "VMware7,1")
        rows.append([str(16779000 + n), f"HW-{n:04}", "VALMONT", "VAL - Site principal", "Unknown" if n % 4 else f"VALMONT\\u{n:05}",
                     "Microsoft Windows 11 Enterprise", "", make.serial() if n < 22 else "", f"VAL{n:05}" if n % 2 else "No Asset Tag",
                     maker, model, "16586140", "2800", "487380", "211040"])  # fmt: skip
    return [f"Details_Table0_{cell}" for cell in cells], rows


def jamf_computers() -> tuple[list[str], list[list[str]]]:
    """60 Macs: 3 guests, 8 leased (4 past the end of the lease, still there), 20 without an order date."""
    make, rows = Maker(33), []
    headings = ["Computer Name", "Jamf Pro Computer ID", "Asset Tag", "Serial Number", "Model", "Model Identifier", "Make",
                "Operating System Version", "Last Check-in", "Last Enrollment", "Managed", "Username", "Full Name",
                "Email Address", "Department", "Building", "PO Date", "Warranty Expiration", "Lease Expiration",
                "Purchased or Leased", "Purchase Price", "UDID"]  # fmt: skip
    models = (("MacBook Pro (14-inch, M3, Nov 2023)", "Mac15,3"), ("MacBook Air (M2, 2022)", "Mac14,2"),
              ("iMac (24-inch, M1, 2021)", "iMac21,1"), ("Mac mini (M2, 2023)", "Mac14,3"))  # fmt: skip
    for n in range(60):
        model, code = ("Apple Virtual Machine 1", "VirtualMac2,1") if n >= 57 else models[(n * 7) % 10 % 4]
        ordered = f"{make.day(30, 900):%Y-%m-%d}" if n % 3 else ""
        leased = n % 7 == 1 and n < 57
        ends = f"{END + timedelta(days=200 if n % 2 else -90):%Y-%m-%d}" if leased else ""
        rows.append([f"MAC-{n:03}", str(900 + n), f"VM-{n:04}", make.serial(10), model, code, "Apple", "15.1",
                     f"{make.instant(1, 60):%Y-%m-%d at %I:%M %p}", f"{make.instant(100, 300):%Y-%m-%d at %I:%M %p}",
                     "Unmanaged" if n in (4, 22) else "Managed", f"u{n:05}", f"U{n:05}", f"u{n:05}@valmont.exemple.invalid",
                     str(make.one(("Studio", "Communication"))), str(make.one(SITES)), ordered, "", ends,
                     "Leased" if leased else "Purchased", "1899.00" if ordered else "", f"0000-{n:04}"])  # fmt: skip
    return headings, rows


def jamf_mobiles() -> tuple[list[str], list[list[str]]]:
    """40 mobile devices: 25 tablets, 12 phones, 3 television boxes; 4 belong to people."""
    make, rows = Maker(34), []
    headings = ["Display Name", "Mobile Device ID", "Serial Number", "Model", "Model Identifier", "OS Version",
                "Device Ownership Type", "IMEI", "Last Inventory Update", "Username", "Phone Number", "Supervised"]  # fmt: skip
    for n in range(40):
        model, code = (("iPad (9th generation) (Wi-Fi)", "iPad12,1") if n < 25 else
                       ("iPhone SE (3rd generation)", "iPhone14,6") if n < 37 else
                       ("Apple TV 4K (2nd generation)", "AppleTV11,1"))  # fmt: skip
        imei = f"35{make.draw.randint(10**12, 10**13 - 1)}" if 25 <= n < 37 else ""
        rows.append([f"TAB-{n:03}" if n < 25 else f"MOB-{n:03}", str(300 + n), make.serial(10), model, code, "18.1",
                     "Personal" if n in (26, 27, 28, 30) else "Institutional", imei,
                     f"{make.instant(1, 90):%Y-%m-%d at %I:%M %p}", f"u{n:05}", "0100000000" if imei else "", "Yes"])  # fmt: skip
    return headings, rows


def hosts_of_the_database() -> tuple[list[str], list[list[str]]]:
    """12 hosts with the headings of the database; 4 without serial number, whose service tag speaks."""
    make, rows = Maker(35), []
    headings = ["vHostName", "vHostDatacenter", "vHostCluster", "vHostConfigStatus", "vHostCpuModel", "vHostCpuMhz",
                "vHostNumCpu", "vHostCoresPerCPU", "vHostNumCpuCores", "vHostMemorySize", "vHostVMsTotal", "vHostVMs",
                "vHostvCPUs", "vHostFullName", "vHostVendor", "vHostModel", "vHostSerialNumber", "vHostServiceTag",
                "vHostObjectID", "vHostVISDKServer"]  # fmt: skip
    for n in range(12):
        maker, model = HOSTS[n % 3]
        tag = make.serial(7)
        number = {0: "", 3: "N/A", 6: "", 9: "None"}.get(n, tag)
        rows.append([f"esxb{n:02}.valmont.exemple.invalid", "DC-Valmont", "CL-PRA", "green", "Intel(R) Xeon(R) Gold 6330",
                     "1995", "2", "28", "56", "524,181", "10", "9", "40", "VMware ESXi 8.0.3 build-24022510", maker, model,
                     number, tag, f"host-{200 + n}", "vcenter.valmont.exemple.invalid"])  # fmt: skip
    return headings, rows


def equipment() -> tuple[list[str], list[list[str]]]:
    """24 lines of NumEcoEval with every optional column: shares of use, planned years, the four forms of date."""
    rows = []
    headings = ["nomEquipementPhysique", "modele", "quantite", "nomCourtDatacenter", "dateAchat", "dateRetrait", "type",
                "statut", "paysDUtilisation", "consoElecAnnuelle", "utilisateur", "nomSourceDonnee", "nomEntite", "nbCoeur",
                "modeUtilisation", "tauxUtilisation", "dureeUsageInterne", "dureeUsageAmont", "dureeUsageAval", "serveur",
                "fabricant", "tailleDuDisque", "tailleMemoire", "typeDeProcesseur"]  # fmt: skip
    forms = ("%Y-%m-%d", "%d/%m/%Y", "%Y%m%d", "%Y/%m/%d")
    for n in range(24):
        server = n >= 18
        maker, model = ("Dell", "PowerEdge R740") if server else (LAPTOPS if n < 12 else DESKTOPS)[n % 3]
        bought = date(2023 + n % 3, 3, 4 + n % 20)
        rows.append([f"ÉQ-{n:03}", model, "2,5" if n == 4 else "12" if n == 12 else "1", "Salle É1" if server else "",
                     f"{bought:{forms[n % 4]}}", f"{bought + timedelta(days=700):{forms[n % 4]}}" if n in (0, 6) else "",
                     "Shared Server" if server else "Laptop" if n < 12 else "Desktop",
                     {2: "On order", 3: "In transit", 13: "Missing"}.get(n, "In use"), "Allemagne" if n == 16 else "France",
                     "1500,5" if server else "", f"u{n:05}", "SIG", "Régie", "24" if server else "",
                     "" if server else "BYOD" if n in (7, 8) else "COPE", "0,8" if n < 6 else "", "5" if n < 18 else "",
                     "3" if n == 10 else "", "2" if n == 11 else "", str(server).lower(), maker, "", "", ""])  # fmt: skip
    return headings, rows


def rooms() -> tuple[list[str], list[list[str]]]:
    """4 rooms: one hosts the servers of the first G4IT file, one those of RVTools, one has no PUE, one no name."""
    headings = ["nomCourtDatacenter", "nomLongDatacenter", "pue", "localisation", "nomEntite", "nomSourceDonnee"]
    return headings, [
        ["B1", "Salle B1 du siège", "1,43", "France", "Métropole de Valmont", "DSI"],
        ["DC-Valmont", "Salle de la zone nord", "1,62", "France", "Métropole de Valmont", "DSI"],
        ["Salle É1", "Hébergeur allemand", "", "Allemagne", "Régie", "SIG"],
        ["", "Ancienne salle", "2,1", "France", "", "DSI"],
    ]


def guests() -> tuple[list[str], list[list[str]]]:
    """20 virtual machines and volumes, on the hosts of the first G4IT file."""
    headings = ["nomEquipementVirtuel", "nomEquipementPhysique", "nomSourceDonneeEquipementPhysique", "cleRepartition",
                "vCPU", "cluster", "consoElecAnnuelle", "typeEqv", "capaciteStockage", "nomEntite", "nomSourceDonnee"]  # fmt: skip
    return headings, [[f"vm-{n:02}", f"SRV-{n % 4}", "GLPI", "", "" if n % 5 == 0 else str(2 + n % 4), "CL1", "",
                       "stockage" if n % 5 == 0 else "calcul", "100", "Ville de Valmont", "GLPI"]
                      for n in range(20)]  # fmt: skip


def azure() -> tuple[list[str], list[list[str]]]:
    """8 lines of an Azure bill: nothing there is a device."""
    headings = ["Date", "BillingAccountId", "SubscriptionId", "ResourceGroup", "ResourceLocation", "MeterCategory",
                "MeterSubCategory", "MeterName", "Quantity", "UnitOfMeasure", "EffectivePrice", "CostInBillingCurrency",
                "BillingCurrency"]  # fmt: skip
    return headings, [[f"09/{n + 1:02}/2026", "0000", "0000-0000", "rg-prod", "francecentral", "Virtual Machines",
                       "Dsv5 Series", "D2s v5", "24", "1 Hour", "0.11", "2.64", "EUR"] for n in range(8)]  # fmt: skip


def google() -> tuple[list[str], list[list[str]]]:
    """8 lines of a Google bill, below the facts of the account that stand above the headings."""
    headings = ["Billing account name", "Billing account ID", "Project name", "Project ID", "Service description",
                "Service ID", "SKU description", "SKU ID", "Usage start date", "Usage end date", "Usage amount", "Usage unit",
                "Unrounded cost (€)", "Cost (€)"]  # fmt: skip
    return headings, [["Valmont", "000000-000000", "prod", "prod-1", "Compute Engine", "6F81-0000", "N2 Instance Core", "0000",
                       f"2026-09-{n + 1:02}", f"2026-09-{n + 1:02}", "48", "hour", "1.52", "1.52"] for n in range(8)]  # fmt: skip


FILES = {
    "lansweeper_assets.csv": (lansweeper, "utf-8-sig", ",", "\r\n"),
    "sccm_fr_systemes.csv": (sccm, "utf-8", ",", "\r\n"),
    "sccm_en_requete.csv": (sccm_in_words, "utf-8-sig", ",", "\r\n"),
    "sccm_en_hardware01a.csv": (sccm_report, "utf-8-sig", ",", "\r\n"),
    "jamf_computers.csv": (jamf_computers, "utf-8", ",", "\n"),
    "jamf_mobiles.csv": (jamf_mobiles, "utf-8", ",", "\n"),
    "rvtools_tabvHost_dbcolumnnames.csv": (hosts_of_the_database, "utf-8", ";", "\r\n"),
    "numecoeval_equipements_cp1252.csv": (equipment, "cp1252", ";", "\r\n"),
    "g4it_datacenters.csv": (rooms, "utf-8-sig", ";", "\r\n"),
    "g4it_equipements_virtuels.csv": (guests, "utf-8", ",", "\n"),
    "azure_facture_extrait.csv": (azure, "utf-8", ",", "\n"),
    "gcp_facture_extrait.csv": (google, "utf-8", ",", "\n"),
}
"""Name -> rows, encoding, separator, end of line."""

ABOVE = {"sccm_en_hardware01a.csv": (["Textbox2", "CollectionID"],
                                     ["Hardware 01A - Summary of computers in a specific collection", "SMS00001"], [])}  # fmt: skip
"""Name -> what stands above the headings."""


def written(name: str) -> bytes:
    """The file ``name``, as bytes."""
    rows_of, encoding, separator, newline = FILES[name]
    headings, rows = rows_of()
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator=newline)
    writer.writerows(ABOVE.get(name, ()))
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for name in FILES:
        (folder / name).write_bytes(written(name))

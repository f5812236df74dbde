"""Names of the categories whose usual item is narrower than the category itself (noms de catégories).

A count of screens must not read "screens of 24 inches and less" because that is the usual size.
"""

NAMES: dict[str, tuple[str, str]] = {
    "desktop": ("Ordinateur fixe", "Desktop computer"),
    "monitor": ("Écran", "Monitor"),
    "interactive_display": ("Écran interactif", "Interactive display"),
    "video_projector": ("Vidéoprojecteur", "Video projector"),
    "headset": ("Casque audio", "Headset"),
    "charger": ("Chargeur", "Charger"),
    "inkjet_printer": ("Imprimante jet d’encre", "Inkjet printer"),
    "laser_printer": ("Imprimante laser", "Laser printer"),
    "multifunction_copier": ("Copieur multifonction", "Multifunction copier"),
    "network_switch": ("Commutateur réseau", "Network switch"),
    "router": ("Routeur", "Router"),
    "firewall": ("Pare-feu", "Firewall"),
    "rack_server": ("Serveur rack", "Rack server"),
    "gpu_server": ("Serveur GPU", "GPU server"),
    "nas": ("NAS", "NAS"),
    "disk_array": ("Baie de disques", "Disk array"),
    "tape_library": ("Bibliothèque de bandes", "Tape library"),
    "rack": ("Baie informatique", "Rack cabinet"),
    "ups": ("Onduleur", "UPS"),
    "external_drive": ("Disque externe", "External drive"),
}
"""Category -> its name in French and in English; the others bear the name of their usual item."""


def category_name(category: str, language: str) -> str | None:
    """The name of a category wider than its usual item, None for the others."""
    names = NAMES.get(category)
    return names[1 if language == "en" else 0] if names else None

"""What is known of the recorded feeds, beside their MANIFEST."""

from __future__ import annotations

# Items that say nothing an earlier item of the same file did not say.
DUPLICATES = {
    "almonitor.xml": 9,  # three of its stories four times each
    "pcmag_illegally_nested.xml": 9,  # ten empty items, <item />
    # stories in several sections of the site, listed once for each
    "hav_indiatoday_2026-08-13_0.xml": 15,
    "hav_indiatoday_2026-08-13_1.xml": 17,
    "hav_indiatoday_2026-08-13_2.xml": 16,
    "hav_indiatoday_2026-08-13_3.xml": 19,
    "hav_indiatoday_2026-08-13_4.xml": 18,
    "hav_indiatoday_2026-08-13_5.xml": 14,
    "hav_indiatoday_2026-08-13_6.xml": 14,
}

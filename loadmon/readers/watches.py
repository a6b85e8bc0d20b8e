"""Names of makers and running watches by their numbers in FIT files, where the common library's list ends too early."""

from __future__ import annotations

MAKERS: dict[int, str] = {
    129: "coros", 142: "tag heuer", 294: "coros", 300: "nurvv", 305: "whoop", 310: "decathlon", 326: "nike",
    331: "mywhoosh", 337: "runna", 339: "zepp", 340: "peloton", 348: "huawei", 351: "una",
}  # fmt: skip
"""By manufacturer number."""

GARMIN: dict[int, str] = {
    2158: "Forerunner 735XT", 2503: "Forerunner 35", 2700: "vívoactive 3", 2886: "Forerunner 645",
    2888: "Forerunner 645 Music", 2891: "Forerunner 30", 2900: "fēnix 5S Plus", 2988: "vívoactive 3 Music",
    3076: "Forerunner 245", 3077: "Forerunner 245 Music", 3110: "fēnix 5 Plus", 3111: "fēnix 5X Plus",
    3113: "Forerunner 945", 3126: "Instinct", 3224: "vívoactive 4S", 3225: "vívoactive 4", 3226: "Venu",
    3251: "MARQ Athlete", 3282: "Forerunner 45", 3287: "fēnix 6S", 3288: "fēnix 6S Pro", 3289: "fēnix 6",
    3290: "fēnix 6 Pro", 3291: "fēnix 6X Pro", 3466: "Instinct Solar", 3589: "Forerunner 745", 3600: "Venu Sq",
    3638: "Enduro", 3652: "Forerunner 945 LTE", 3703: "Venu 2", 3704: "Venu 2S", 3851: "Venu 2 Plus",
    3869: "Forerunner 55", 3888: "Instinct 2", 3889: "Instinct 2S", 3905: "fēnix 7S", 3906: "fēnix 7", 3907: "fēnix 7X",
    3943: "epix (Gen 2)", 3990: "Forerunner 255 Music", 3991: "Forerunner 255S Music", 3992: "Forerunner 255",
    3993: "Forerunner 255S", 4024: "Forerunner 955", 4115: "Venu Sq 2", 4155: "Instinct Crossover",
    4257: "Forerunner 265", 4258: "Forerunner 265S", 4260: "Venu 3", 4261: "Venu 3S", 4312: "epix Pro 42 mm",
    4313: "epix Pro 47 mm", 4314: "epix Pro 51 mm", 4315: "Forerunner 965", 4341: "Enduro 2", 4374: "fēnix 7S Pro",
    4375: "fēnix 7 Pro", 4376: "fēnix 7X Pro", 4394: "Instinct 2X", 4426: "vívoactive 5", 4432: "Forerunner 165",
    4433: "Forerunner 165 Music", 4532: "fēnix 8 Solar", 4533: "fēnix 8 Solar 51 mm", 4534: "fēnix 8 43 mm",
    4536: "fēnix 8", 4565: "Forerunner 970", 4570: "Forerunner 570", 4574: "Forerunner 570 42 mm", 4575: "Enduro 3",
    4585: "Instinct 3 Solar", 4586: "Instinct 3 45 mm", 4587: "Instinct 3 50 mm", 4625: "vívoactive 6", 4643: "Venu 4",
    4666: "fēnix E", 4815: "Forerunner 170",
}  # fmt: skip
"""By Garmin's product number."""

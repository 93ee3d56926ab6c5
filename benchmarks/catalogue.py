"""The products of an invented month, as a vendor and as a PSA write them."""

import polars as pl

PRODUCTS = pl.DataFrame(
    [
        ("Microsoft 365 Business Basic", "M365 Business Basic", "MST-NCE-111-C100", "M365-BB", 6.17, 7.35, 9.00),
        ("Microsoft 365 Business Standard", "M365 Business Standard", "MST-NCE-112-C100", "M365-BS", 12.35, 14.7, 17.0),
        ("Microsoft 365 Business Premium", "M365 Business Premium", "MST-NCE-113-C100", "M365-BP", 19.4, 23.1, 26.0),
        ("Microsoft 365 Apps for Business", "M365 Apps for Business", "MST-NCE-114-C100", "M365-APP", 7.28, 8.66, 10.5),
        ("Microsoft 365 E3", "M365 E3", "MST-NCE-131-C100", "M365-E3", 34.4, 40.95, 46.0),
        ("Microsoft 365 E5", "M365 E5", "MST-NCE-133-C100", "M365-E5", 52.92, 63.0, 70.0),
        ("Microsoft 365 F3", "M365 F3", "MST-NCE-127-C100", "M365-F3", 8.82, 10.5, 12.5),
        ("Office 365 E3", "O365 E3", "MST-NCE-142-C100", "O365-E3", 22.93, 27.3, 31.0),
        ("Exchange Online (Plan 1)", "Exchange Online Plan 1", "MST-NCE-150-C100", "EXO-P1", 3.53, 4.2, 5.0),
        ("Exchange Online (Plan 2)", "Exchange Online Plan 2", "MST-NCE-151-C100", "EXO-P2", 7.06, 8.4, 10.0),
        ("Visio Plan 2", "Visio Plan 2", "MST-NCE-162-C100", "VISIO-P2", 13.23, 15.75, 18.0),
        ("Power BI Pro", "Power BI Pro", "MST-NCE-170-C100", "PBI-PRO", 12.35, 14.7, 17.0),
        ("Microsoft Teams Phone Standard", "Teams Phone Standard", "MST-NCE-181-C100", "TEAMS-TP", 8.82, 10.5, 12.5),
        ("Microsoft 365 Copilot", "M365 Copilot", "MST-NCE-190-C100", "M365-COP", 26.46, 31.5, 36.0),
        ("SentinelOne Singularity Control", "SentinelOne Control", "SEN-SIN-CTL-C100", "S1-CTRL", 3.55, 6.0, 7.0),
        ("SentinelOne Singularity Complete", "SentinelOne Complete", "SEN-SIN-CMP-C100", "S1-COMP", 4.9, 8.0, 9.5),
        ("Huntress Managed EDR", "Huntress EDR", "HUN-EDR-MGD-C100", "HUNT-EDR", 3.1, 5.0, 6.0),
        ("Huntress Managed ITDR", "Huntress ITDR", "HUN-ITD-MGD-C100", "HUNT-ITDR", 1.6, 3.0, 3.5),
        ("Proofpoint Essentials Business", "Proofpoint Essentials Business", "PFP-BUS-C100", "PP-B", 1.75, 3.05, 3.75),
        ("Proofpoint Essentials Advanced", "Proofpoint Essentials Advanced", "PFP-ADV-C100", "PP-A", 2.72, 4.15, 5.0),
        ("Datto SaaS Protection for Microsoft 365", "Datto SaaS Protection M365", "DAT-C100", "DATTO", 2.1, 3.5, 4.0),
        ("NinjaOne Endpoint Management", "NinjaOne Endpoint Mgmt", "NIN-EPM-C100", "NINJA", 2.4, 4.0, 4.5),
        ("Cisco Duo Essentials", "Duo Essentials", "DUO-ESS-C100", "DUO-ESS", 2.55, 3.0, 4.0),
        ("KnowBe4 Security Awareness Training - Diamond", "KnowBe4 Diamond", "KNB-C100", "KB4-DIA", 1.65, 2.6, 3.0),
    ],
    schema=["bought_product", "billed_product", "sku", "product_id", "cost", "price", "billed_price"],
    orient="row",
)

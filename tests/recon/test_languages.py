"""Exports whose headings are in another language, as a Swiss, French, Dutch or Spanish PSA writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from exports import as_csv

from recon import LineClass, Month, Side, net_lines, read_lines

BILLED = {
    "german": "Firma;Bezeichnung;Anzahl;Einzelpreis;Gesamtbetrag;Währung;Vertragsbeginn;Abrechnungszyklus;Status",
    "german vendor": "Endkunde;Produktname;Lizenzanzahl;Preis pro Einheit;Summe;Währung;Startdatum;Zahlungsplan;Status",
    "french": "Raison sociale;Désignation;Quantité;Prix unitaire HT;Montant HT;Devise;Date de début;Périodicité;Statut",
    "french 2": "Nom du client;Libellé;Qté;PU HT;Total HT;Devise;Début;Cycle de facturation;État",
    "dutch": "Klantnaam;Omschrijving;Aantal;Stuksprijs;Bedrag excl. BTW;Valuta;Ingangsdatum;Facturatieperiode;Status",
    "dutch vendor": "Bedrijf;Productnaam;Aantal licenties;Prijs per stuk;Totaal;Munt;Begindatum;Looptijd;Status",
    "spanish": "Cliente;Descripción;Cantidad;Precio unitario;Importe;Moneda;Fecha inicio;Ciclo de facturación;Estado",
    "spanish vendor": "Empresa;Producto;Licencias;Precio;Importe total;Divisa;Fecha inicio;Frecuencia;Estado",
    "italian": "Ragione sociale;Descrizione;Quantità;Prezzo unitario;Importo;Valuta;Data inizio;Billing Cycle;Stato",
}
ROWS = [
    [
        "Wayne GmbH",
        "Microsoft 365 Business Premium",
        "12",
        "1.022,50",
        "12.270,00",
        "EUR",
        "31.10.2026",
        "monatlich",
        "aktiv",
    ],
    ["Müller SA", "Exchange Online (Plan 1)", "3", "4,00", "12,00", "EUR", "01.10.2026", "mensuel", "actif"],
    ["Jansen BV", "Visio Plan 2", "1", "15,00", "15,00", "EUR", "01.10.2026", "maandelijks", "opgezegd"],
]


@pytest.mark.parametrize("headings", BILLED.values(), ids=list(BILLED))
def test_an_export_of_another_language_asks_nothing(headings: str) -> None:
    reading = read_lines(as_csv(headings.split(";"), ROWS, delimiter=";"), "export.csv", side=Side.BILLED)

    assert (reading.questions, reading.problems) == ((), ())
    assert reading.lines["client"].to_list() == ["Wayne GmbH", "Müller SA", "Jansen BV"]
    assert reading.lines["product"][0] == "Microsoft 365 Business Premium"
    assert list(map(int, reading.lines["quantity"])) == [12, 3, 1]
    assert reading.lines["unit_price"].to_list() == [Decimal("1022.5"), Decimal(4), Decimal(15)]
    assert reading.lines["amount"].to_list() == [Decimal(12270), Decimal(12), Decimal(15)]
    assert reading.lines["status"].to_list() == ["active", "active", "cancelled"]
    assert reading.lines["currency"].unique().to_list() == ["EUR"]


def test_how_often_it_is_charged_may_be_said_in_another_language() -> None:
    cycles = ["monatlich", "jährlich", "mensuel", "annuel", "maandelijks", "jaarlijks", "mensual", "trimestriel"]
    rows = [["Acme", "Duo", "1", cycle] for cycle in cycles]

    reading = read_lines(as_csv(["Firma", "Produkt", "Menge", "Payment Plan"], rows), "x.csv", side=Side.BILLED)

    assert reading.lines["cycle_months"].to_list() == [1, 12, 1, 12, 1, 12, 1, 3]


def test_a_german_no_is_a_no() -> None:
    rows = [["Acme", "Duo", "1", "Nein"], ["Acme", "Visio", "1", "Ja"]]

    reading = read_lines(as_csv(["Kunde", "Produkt", "Menge", "Abrechenbar"], rows), "x.csv", side=Side.BILLED)

    assert net_lines(reading.lines, Month(2026, 10))["class"].to_list() == [LineClass.NOT_BILLABLE.value, None]

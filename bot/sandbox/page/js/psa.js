// The small PSA: what is billed, by company; quantities can be corrected, and the report exported.
import { useEffect, useState } from "preact/hooks";
import { html } from "./html.js";
import { go, note, placeCalled, state, tell } from "./state.js";
import { handIn } from "./desk.js";
import { here, put } from "./staging.js";

const MOST = 60;

async function send(path, body) {
  const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error);
  return told;
}

export function Psa() {
  const [books, setBooks] = useState(null);
  const [typed, setTyped] = useState(state.find ?? "");
  const read = () => fetch("/psa/additions").then((answer) => answer.json()).then(setBooks);
  useEffect(() => void read(), [state.seen]);
  useEffect(() => {
    if (state.find) setTyped(state.find);
    state.find = "";
  }, [state.find]);
  if (!books) return html`<section class="room"><p class="loading">Opening the PSA …</p></section>`;
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = books.additions.filter((one) => words.every((word) => `${one.company} ${one.description} ${one.product}`.toLowerCase().includes(word)));
  return html`<section class="room psa" aria-label="PSA">
    <header class="head"><h2>PSA</h2><span class="quiet">${books.additions.length} additions, ${books.corrections} corrected here</span>
      <span class="psa-does"><a class="button" href="/psa/export.csv" download>Export</a>
      <button type="button" class="button primary" onClick=${dropExport}>Drop the export in #billing</button></span></header>
    <div class="psa-body">
      <input class="input" type="search" aria-label="Find additions" placeholder="Find a company or a product" value=${typed} onInput=${(event) => setTyped(event.target.value)} />
      <div class="table" role="region" aria-label="Additions" tabindex="0"><table>
        <thead><tr><th scope="col">Company</th><th scope="col">Product</th><th scope="col" class="right">Unit price</th><th scope="col">Billed</th><th scope="col">Quantity</th></tr></thead>
        <tbody>${found.slice(0, MOST).map((one) => html`<${Row} key=${one.id} one=${one} onChange=${read} />`)}</tbody>
      </table></div>
      ${found.length > MOST && html`<p class="quiet">${found.length - MOST} more; find a company to see them.</p>`}
      ${found.length === 0 && html`<p class="quiet">Nothing is billed that fits.</p>`}
      <${More} companies=${[...new Set(books.additions.map((one) => one.company))]} onChange=${read} />
    </div>
  </section>`;
}

const amount = (text) => (Number.isFinite(Number(text)) ? String(Number(text)) : "");

function Row({ one, onChange }) {
  const correct = async (field, now) => {
    try {
      await send("/psa/corrections", { addition: one.id, field, was: one[field], now, by: state.here.person });
      note(`${one.company}, ${one.description}: ${amount(one[field]) || one[field]} is now ${now}.`);
      tell({ act: "correct" });
    } catch (flaw) {
      note(flaw.message, "warning");
    }
    return onChange();
  };
  return html`<tr class=${one.is_corrected ? "corrected" : ""}>
    <td class="wrapped">${one.company}</td><td class="wrapped">${one.description}${one.status !== "Active" && html` <span class="app-mark">${one.status}</span>`}</td>
    <td class="right">${one.unit_price} ${one.currency}</td>
    <td><select class="input" aria-label="Billed, ${one.company}, ${one.description}" value=${one.bills} onChange=${(event) => correct("bills", event.target.value)}>
      ${["Billable", "DoNotBill", "NoCharge"].map((word) => html`<option value=${word}>${word}</option>`)}</select></td>
    <td><${Quantity} one=${one} onPick=${(now) => correct("quantity", now)} /></td>
  </tr>`;
}

// What is typed stays, however often the books are read meanwhile, until it has become what is billed.
function Quantity({ one, onPick }) {
  const [typed, setTyped] = useState(null);
  const shown = typed ?? amount(one.quantity);
  const keyed = (event) => {
    if (event.key === "Enter") event.target.blur();
    if (event.key === "Escape") setTyped(null);
  };
  const left = async () => {
    if (shown !== amount(one.quantity)) await onPick(shown);
    setTyped((now) => (now === typed ? null : now));
  };
  return html`<input class="input amount" type="number" min="0" step="any" aria-label="Quantity, ${one.company}, ${one.description}" value=${shown} placeholder=${one.quantity}
    onInput=${(event) => setTyped(event.target.value)} onKeyDown=${keyed} onBlur=${left} />`;
}

function More({ companies, onChange }) {
  const added = async (event) => {
    event.preventDefault();
    const form = event.target;
    try {
      await send("/psa/additions", { ...Object.fromEntries(new FormData(form)), by: state.here.person });
      tell({ act: "correct" });
      form.reset();
    } catch (flaw) {
      note(flaw.message, "warning");
    }
    onChange();
  };
  return html`<details class="card"><summary>Bill something more</summary><form class="psa-more" onSubmit=${added}>
    <label>Company<input class="input" name="company" list="companies" required /></label>
    <datalist id="companies">${companies.map((name) => html`<option value=${name}></option>`)}</datalist>
    <label>Product<input class="input" name="description" required /></label>
    <label>Quantity<input class="input amount" name="quantity" type="number" min="0" step="any" required /></label>
    <label>Unit price<input class="input amount" name="unit_price" type="number" min="0" step="any" required /></label>
    <button type="submit" class="button primary">Add</button>
  </form></details>`;
}

// The report as it stands is put into the composer, as if dragged there.
async function dropExport() {
  const answer = await fetch("/psa/export.csv");
  const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition"))[1];
  const made = await handIn(state.here.person, new File([await answer.blob()], name));
  const place = placeCalled("#billing");
  const at = `${state.here.person}/${place}/`;
  put(at, [...here(at), { id: made.id, name, size: made.size, head: null }]);
  await go({ place });
}

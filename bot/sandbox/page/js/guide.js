// The guide: one step at a time above the workspace, done when the person has done it.
import { useEffect, useState } from "preact/hooks";
import { act } from "./desk.js";
import { html } from "./html.js";
import { Icon } from "./icons.js";
import { draw, go, hear, note, placeCalled, state } from "./state.js";
import { put } from "./staging.js";

const HIDDEN = "guide-hidden";

let turn = 0;

export async function readGuide() {
  const mine = (turn += 1);
  const guide = await act("guide", {});
  if (mine !== turn) return; // asked again meanwhile: what comes late is old
  state.guide = guide;
  draw();
}

const fits = (wanted, deed) => Object.entries(wanted).every(([name, value]) => [].concat(deed[name] ?? []).includes(value));

// Whatever a person does is held against the step they are at.
hear(async (deed) => {
  const step = current();
  if (!step?.needs || ![].concat(step.needs).some((needed) => fits(needed, deed))) return;
  await act("tick", { step: step.id });
  await readGuide();
});

function current() {
  const steps = state.guide?.steps ?? [];
  const at = steps.find((step) => !step.done);
  return at && { ...at, number: steps.indexOf(at) + 1, count: steps.length };
}

export function Guide() {
  const [isHidden, setHidden] = useState(() => localStorage.getItem(HIDDEN) === "yes");
  const [isListed, setListed] = useState(false);
  const { guide, seen } = state;
  useEffect(() => void readGuide().catch(() => {}), [seen.now]); // another tab may be further
  if (!guide?.steps.length) return null;
  const hide = (now) => {
    localStorage.setItem(HIDDEN, now ? "yes" : "no");
    setHidden(now);
  };
  if (isHidden) return html`<button type="button" class="guide-tab" onClick=${() => hide(false)}>Show the guide</button>`;
  const step = current();
  return html`<aside class="guide" aria-label="Guide">
    <div class="guide-words">
      <p class="guide-count">${guide.title} · ${step ? `step ${step.number} of ${step.count}` : "all done"}</p>
      <h2 aria-live="polite">${step ? step.title : "That was the month"}</h2>
      <p>${step ? step.text : "Look around, drop exports of your own, or begin again with gapwatch try --fresh."}</p>
    </div>
    <div class="guide-does">
      ${step && html`<${Does} key=${step.id} step=${step} />`}
      <button type="button" class="as-link" aria-expanded=${isListed} onClick=${() => setListed(!isListed)}>All steps</button>
      <button type="button" class="as-link" onClick=${() => hide(true)}>Hide</button>
    </div>
    ${isListed && html`<${Listed} steps=${guide.steps} now=${step} />`}
  </aside>`;
}

function Listed({ steps, now }) {
  return html`<ol class="guide-list">${steps.map((step) => html`<li class=${step.done ? "done" : ""} aria-current=${step.id === now?.id ? "step" : undefined}>
    ${step.done ? html`<${Icon} name="check" size=${15} />` : html`<span class="guide-dot"></span>`} ${step.title}</li>`)}</ol>`;
}

function Does({ step }) {
  const [isBusy, setBusy] = useState(false);
  const run = (work) => async () => {
    setBusy(true);
    await work(step).catch((flaw) => note(flaw.message, "warning"));
    setBusy(false);
  };
  const skip = run(async () => {
    await act("tick", { step: step.id });
    await readGuide();
  });
  const attach = `Attach the file${step.files?.length === 1 ? "" : "s"}`;
  const [label, work] = step.until ? [step.button, moveOn] : step.files ? [attach, takeFiles] : ["Take me there", show];
  return html`<button type="button" class="button primary" aria-busy=${isBusy} onClick=${run(work)}>${label}</button>
    <button type="button" class="as-link" onClick=${skip}>Skip</button>`;
}

async function show(step) {
  state.find = step.find ?? "";
  await go({ person: step.as, place: "" });
  await go({ person: step.as, place: placeCalled(step.place) });
}

async function takeFiles(step) {
  await show(step);
  const at = `${step.as}/${state.seen.place.channel}/`;
  const made = await Promise.all(step.files.map((name) => act("sample", { as: step.as, name })));
  put(at, made.map(({ id, name, size }) => ({ id, name, size, head: null })));
  document.querySelector("main .composer textarea")?.focus();
}

async function moveOn(step) {
  await act("later", { step: step.id });
  await show(step);
  await readGuide();
  note(step.note);
}

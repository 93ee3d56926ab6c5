// What the page knows: where the person is, what they see there, and what is under way.
import { useEffect, useReducer } from "preact/hooks";
import { act, CannotDo, news } from "./desk.js";
import { same } from "./sharing.js";

const listeners = [];

// Others may hear of what people do here.
export const hear = (listener) => listeners.push(listener);
export const tell = (deed) => listeners.forEach((listener) => listener({ as: state.here.person, ...deed }));

export const state = {
  here: { person: "dana", place: "", thread: "" },
  seen: null,
  busy: new Set(),
  notes: [],
  drafts: {},
  staged: {},
  most: 200,
  isOffline: false,
  guide: null,
  find: "",
};

const watchers = new Set();
let turn = 0;
let nextNote = 1;

export function draw() {
  for (const watcher of watchers) watcher();
}

export function useState_() {
  const [, again] = useReducer((count) => count + 1, 0);
  useEffect(() => {
    watchers.add(again);
    return () => watchers.delete(again);
  }, []);
  return state;
}

export function readAddress() {
  const [person, place, thread] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  leaveRoom();
  state.here = { person: person || "dana", place: place || "", thread: thread || "" };
}

export function addressOfHere({ person, place, thread }) {
  return `#/${[person, place, thread].filter(Boolean).map(encodeURIComponent).join("/")}`;
}

export function go(changes) {
  const here = { ...state.here, ...changes };
  if ("place" in changes && !("thread" in changes)) here.thread = "";
  const address = addressOfHere(here);
  if (address !== location.hash) history.pushState(null, "", address);
  if (here.place !== state.here.place || here.person !== state.here.person) leaveRoom();
  state.here = here;
  state.most = "place" in changes ? 200 : state.most;
  draw();
  return look();
}

// What was open is not shown under the name of what is opened now.
function leaveRoom() {
  if (state.seen) state.seen = { ...state.seen, place: null };
}

export const channelHere = () => {
  const { place } = state.here;
  if (place === "messages") return `@${state.seen?.app.name ?? "gapwatch"}`;
  return ["", "home", "psa"].includes(place) ? "" : place;
};

// A place by the name people use: `#billing`, or one of the page's own.
export const placeCalled = (name) =>
  name.startsWith("#") ? (state.seen.channels.find((one) => one.name === name.slice(1))?.id ?? "") : name;

export async function look() {
  const mine = ++turn;
  const { person, thread } = state.here;
  try {
    const seen = await act("watch", { as: person, channel: channelHere(), thread, most: state.most });
    if (mine !== turn) return;
    state.seen = same(state.seen, seen);
    if (!state.here.place) return go({ place: firstPlace(seen) });
  } catch (flaw) {
    if (!(flaw instanceof CannotDo)) throw flaw;
    if (mine === turn) astray(flaw);
  }
  draw();
}

// An address from before may name a person, a channel or a thread that is not there any more.
function astray(flaw) {
  const { person, place, thread } = state.here;
  if (thread) return go({ thread: "" });
  if (place) return go({ place: "" });
  if (person !== "dana") return go({ person: "dana", place: "" });
  note(flaw.message);
}

function firstPlace(seen) {
  const mine = seen.channels.filter((one) => one.is_member && one.name);
  const wanted = mine.find((one) => one.name === "billing") ?? mine.find((one) => one.name === "general") ?? mine[0];
  return wanted ? wanted.id : "home";
}

export async function follow() {
  let version = -1;
  for (;;) {
    try {
      version = await news(version);
      await look();
      state.isOffline = false;
    } catch {
      state.isOffline = true;
      draw();
      version = -1;
      await new Promise((done) => setTimeout(done, 1500));
    }
  }
}

export async function does(name, given, key = "") {
  if (key && state.busy.has(key)) return null;
  if (key) state.busy.add(key);
  draw();
  try {
    const outcome = await act(name, { as: state.here.person, ...given });
    if (outcome.failure) note(troubleOf(outcome), "warning");
    else if (outcome.ok !== false) tell({ act: name, ...deedOf(given) });
    return outcome;
  } catch (flaw) {
    note(flaw instanceof CannotDo ? flaw.message : "The sandbox does not answer. Is it still running?", "warning");
    return null;
  } finally {
    state.busy.delete(key);
    await look().catch(draw);
  }
}

// `block/action` is known by its action; files are known by their names.
const deedOf = ({ what, names, form }) => ({ what: form ?? what?.split("/").at(-1), file: names });

const troubleOf = (outcome) =>
  outcome.trouble || `The app did not answer (${outcome.failure}). In Slack a warning sign would be shown here.`;

export function note(text, kind = "info") {
  const made = { id: nextNote++, text, kind };
  state.notes = [...state.notes.slice(-2), made];
  draw();
  setTimeout(() => forget(made.id), 8000);
}

export function forget(id) {
  state.notes = state.notes.filter((one) => one.id !== id);
  draw();
}

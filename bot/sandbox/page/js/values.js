// What is filled in: kept by the sandbox for choices, and by the page for text until it is sent.
import { optionOf } from "./options.js";
import { state } from "./state.js";

const typed = new Map();
const INITIAL = ["initial_options", "initial_option", "initial_user", "initial_users", "initial_channel",
  "initial_channels", "initial_conversation", "initial_conversations"];

const held = (spot, block, element) => spot.values?.[block.block_id]?.[element.action_id];

export function chosenIn(spot, block, element) {
  const value = held(spot, block, element);
  const names = value ? Object.keys(value).filter((name) => name.startsWith("selected_")) : [];
  const found = value ? names.map((name) => value[name]) : INITIAL.map((name) => element[name]);
  return found.flat().filter(Boolean).map((one) => optionOf(one, state.seen));
}

export function textIn(spot, block, element) {
  const value = held(spot, block, element) ?? {};
  const name = Object.keys(value).find((one) => one !== "type");
  return (name && value[name]) || "";
}

export const filesIn = (spot, block, element) => held(spot, block, element)?.files ?? [];

const placeOf = (spot, name) => `${spot.view ?? spot.ts}/${name}`;

export const typedIn = (spot, name, first) => typed.get(placeOf(spot, name)) ?? first;
export const type = (spot, name, text) => typed.set(placeOf(spot, name), text);

// Everything typed into a view that still asks for it, by the name of its field.
export function typedInto(view) {
  const fields = Object.entries(view.state.values).flatMap(([block, actions]) => Object.keys(actions).map((action) => `${block}/${action}`));
  const pairs = fields.map((name) => [name, typed.get(`${view.id}/${name}`)]);
  return Object.fromEntries(pairs.filter(([, text]) => text !== undefined));
}

export function forgetTyped(view) {
  for (const place of [...typed.keys()]) if (place.startsWith(`${view}/`)) typed.delete(place);
}

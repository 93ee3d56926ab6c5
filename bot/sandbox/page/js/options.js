// What a select offers: listed with it, looked up by the app while typing, or people and channels.
import { act } from "./desk.js";
import { state } from "./state.js";

export function optionOf(one, seen) {
  if (typeof one !== "string") return { text: one.text.text, value: one.value, about: one.description?.text };
  const name = seen.people[one]?.real_name ?? seen.channels.find((channel) => channel.id === one)?.name;
  return { text: name ?? one, value: one };
}

const meets = (typing) => (one) => one.text.toLowerCase().includes(typing.trim().toLowerCase());

function listed(element) {
  const groups = element.option_groups ?? [{ options: element.options ?? [] }];
  return groups.flatMap((group) => group.options.map((one) => ({ ...optionOf(one), group: group.label?.text })));
}

const people = () =>
  Object.values(state.seen.people)
    .filter((one) => !one.deleted)
    .map((one) => ({ text: one.real_name, value: one.id, about: one.title }));

const channels = () =>
  state.seen.channels.filter((one) => one.name).map((one) => ({ text: `#${one.name}`, value: one.id }));

// Returns a function from what is typed to what is offered; `ask` makes the question for the app.
export function optionsFor(element, ask) {
  const { type } = element;
  if (type.endsWith("external_select")) {
    return async (typing) => {
      if (typing.length < (element.min_query_length ?? 3)) return { least: element.min_query_length ?? 3, options: [] };
      const told = await act("options", { as: state.here.person, ...ask(typing) });
      return { options: told.options.map((one) => optionOf(one)) };
    };
  }
  const all = type.includes("users") ? people : /conversations|channels/.test(type) ? channels : () => listed(element);
  return async (typing) => ({ options: all().filter(meets(typing)) });
}

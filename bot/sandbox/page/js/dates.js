// Days and times, told by the sandbox's clock in the reader's time zone.
import { state } from "./state.js";

const TIME = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const LONG = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });

const at = (seconds) => new Date(Number(seconds) * 1000);
const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

export const time = (seconds) => TIME.format(at(seconds));
export const shortTime = (seconds) => time(seconds).replace(/\s?[AP]M$/i, "");
export const full = (seconds) => FULL.format(at(seconds));

export function day(seconds, style = "near") {
  if (style === "long") return LONG.format(at(seconds));
  const days = Math.round((midnight(at(state.seen.now)) - midnight(at(seconds))) / 86_400_000);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return DAY.format(at(seconds));
}

export const isSameDay = (one, other) => midnight(at(one)) === midnight(at(other));

// Keeps the old object wherever nothing in it has changed, so that only what is new is drawn anew.

export function same(old, now) {
  if (Object.is(old, now)) return old;
  if (!old || !now || typeof old !== "object" || typeof now !== "object") return now;
  if (Array.isArray(old) !== Array.isArray(now)) return now;
  return Array.isArray(now) ? sameList(old, now) : sameThing(old, now);
}

const nameOf = (one) => (one && typeof one === "object" ? (one.ts ?? one.id) : undefined);

function sameList(old, now) {
  const named = new Map(old.filter(nameOf).map((one) => [nameOf(one), one]));
  const kept = now.map((one, place) => same(nameOf(one) ? named.get(nameOf(one)) : old[place], one));
  return kept.length === old.length && kept.every((one, place) => one === old[place]) ? old : kept;
}

function sameThing(old, now) {
  const names = Object.keys(now);
  const kept = Object.fromEntries(names.map((name) => [name, same(old[name], now[name])]));
  const isSame = names.length === Object.keys(old).length && names.every((name) => kept[name] === old[name]);
  return isSame ? old : kept;
}

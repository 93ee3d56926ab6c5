// The first rows of a workbook's first sheet, for a look inside: XML in a zip, read no further than they reach.

const END = 0x06054b50;
const MOST_BYTES = 2_000_000;
const MARKS = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

export async function readWorkbook(bytes, most) {
  const parts = partsOf(new DataView(bytes));
  const name = [...parts.keys()].filter((one) => /^xl\/worksheets\/[^/]+\.xml$/.test(one)).sort((one, other) => one.length - other.length || (one < other ? -1 : 1))[0];
  if (!name) throw new Error("This is no workbook.");
  const shared = parts.has("xl/sharedStrings.xml") ? await parts.get("xl/sharedStrings.xml")() : "";
  const words = all(shared, /<si\b[^>]*?(?:\/>|>(.*?)<\/si>)/gs).map(([, inside]) => wordsIn(inside));
  return all(await parts.get(name)(), /<row\b[^>]*?(?:\/>|>(.*?)<\/row>)/gs, most).map(([, inside]) => cellsOf(inside ?? "", words));
}

const all = (text, pattern, most = Infinity) => {
  const found = [];
  for (const one of text.matchAll(pattern)) if (found.push(one) >= most) break;
  return found;
};

const plain = (text) => text.replace(/&(?:#(x?)([0-9a-f]+)|(\w+));/gi, (_, hex, code, mark) => (mark ? (MARKS[mark] ?? "") : String.fromCodePoint(parseInt(code, hex ? 16 : 10))));
const wordsIn = (inside) => all(inside ?? "", /<t\b[^>]*>(.*?)<\/t>/gs).map(([, text]) => plain(text)).join("");

function cellsOf(row, words) {
  const cells = [];
  for (const [, has, inside = ""] of all(row, /<c\b([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
    const place = placeOf(/\br="([A-Z]+)/.exec(has)?.[1]) ?? cells.length;
    while (cells.length < place && cells.length < 200) cells.push("");
    const worth = /<v>(.*?)<\/v>/s.exec(inside)?.[1];
    cells.push(worth === undefined ? wordsIn(inside) : /\bt="s"/.test(has) ? (words[worth] ?? "") : plain(worth));
  }
  return cells;
}

const placeOf = (letters) => letters && [...letters].reduce((sum, one) => sum * 26 + one.charCodeAt(0) - 64, 0) - 1;

// The parts by name; each is unpacked only when it is asked for.
function partsOf(view) {
  let end = view.byteLength - 22;
  while (end > 0 && view.getUint32(end, true) !== END) end -= 1;
  const parts = new Map();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    const [long, extra, note] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const [packed, local] = [20, 42].map((place) => view.getUint32(at + place, true));
    const isPacked = view.getUint16(at + 10, true) === 8;
    const name = new TextDecoder().decode(new Uint8Array(view.buffer, at + 46, long));
    parts.set(name, () => unpack(view, local, packed, isPacked));
    at += 46 + long + extra + note;
  }
  return parts;
}

async function unpack(view, local, packed, isPacked) {
  const begins = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const stream = new Blob([new Uint8Array(view.buffer, begins, packed)]).stream();
  return new TextDecoder().decode(await firstOf(isPacked ? stream.pipeThrough(new DecompressionStream("deflate-raw")) : stream, MOST_BYTES));
}

// What comes first in a stream; the rest is never fetched or unpacked.
export async function firstOf(stream, most) {
  const reader = stream.getReader();
  const kept = [];
  let size = 0;
  for (let got = await reader.read(); !got.done; got = await reader.read()) {
    kept.push(got.value);
    size += got.value.length;
    if (size >= most) {
      reader.cancel().catch(() => {});
      break;
    }
  }
  return new Blob(kept).arrayBuffer();
}

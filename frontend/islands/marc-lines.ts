// MARC as lines of text, as the server reads and writes them (formats/marc/lines.py): what is written is read back to the letter.

export interface Field {
  tag: string;
  ind1: string;
  ind2: string;
  /** Code and text of each subfield; null for a control field, whose text is `value`. */
  subfields: [string, string][] | null;
  value: string;
}

const NAMED: Record<string, string> = { dollar: "$", lcub: "{", rcub: "}" };
const ESCAPED = /\{(dollar|lcub|rcub|U\+[0-9A-Fa-f]{4,6})\}/g;
const LOST = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
const INDICATORS = /^(?:(\{U\+[0-9A-F]{4,6}\}|[^${\s]| )(\{U\+[0-9A-F]{4,6}\}|[^${\s]| ))?\s*(?=\$)/u;
const OTHER_DELIMITERS = /[ǂ‡](?=[a-z0-9])|(?<!\|)\|(?=[a-z0-9] ?\S)/g;

function named(letter: string): string {
  return `{U+${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}}`;
}

function escaped(text: string): string {
  return text.replace(/\{/g, "{lcub}").replace(/\$/g, "{dollar}").replace(LOST, named);
}

function unescaped(text: string): string {
  return text.replace(ESCAPED, (whole, name: string) => {
    if (name in NAMED) return NAMED[name]!;
    const code = parseInt(name.slice(2), 16);
    return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? whole : String.fromCodePoint(code);
  });
}

function atEdges(text: string): string {
  const told = escaped(text);
  const edge = (blanks: string) => "{U+0020}".repeat(blanks.length);
  return told.replace(/^ +/, edge).replace(/ +$/, edge);
}

function indicator(text: string): string {
  if (text === " " || text === "") return "#";
  return /[#_\\${\s]/.test(text) ? named(text) : text;
}

export function fieldLine(field: Field): string {
  if (field.subfields === null) return `${field.tag} ${escaped(field.value)}`;
  const parts = field.subfields.map(([code, text]) => `$${code}${atEdges(text)}`).join("");
  return `${field.tag} ${indicator(field.ind1)}${indicator(field.ind2)} ${parts || "$"}`;
}

export function toLines(fields: Field[]): string {
  return fields.map((field) => fieldLine(field) + "\n").join("");
}

/** The fields of these lines, the leader as a field "LDR"; and the lines that are none. */
export function fromLines(text: string): { fields: Field[]; bad: string[] } {
  const fields: Field[] = [];
  const bad: string[] = [];
  for (const line of logicalLines(text)) {
    const found = /^=(\w{3}) ? ?(.*)$/su.exec(line) ?? /^(LEADER|\S{3})(?: (.*))?$/su.exec(line);
    if (!found) {
      bad.push(line);
      continue;
    }
    const marcEdit = line.startsWith("=");
    const tag = found[1]!;
    const rest = found[2] ?? "";
    if (["LDR", "000", "LEADER"].includes(tag.toUpperCase())) fields.push(control("LDR", marcEdit ? rest.replace(/\\/g, " ") : unescaped(rest)));
    else {
      const field = fieldOf(tag, rest, marcEdit);
      if (field) fields.push(field);
      else bad.push(line);
    }
  }
  return { fields, bad };
}

function logicalLines(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.replace(/\ufeff/, "").split(/\r\n|\r|\n/)) {
    if (!line.trim()) continue;
    if (line.startsWith("    ") && lines.length) lines[lines.length - 1] += ` ${line.trim()}`;
    else lines.push(line);
  }
  return lines;
}

function control(tag: string, value: string): Field {
  return { tag, ind1: " ", ind2: " ", subfields: null, value };
}

function fieldOf(tag: string, given: string, marcEdit: boolean): Field | null {
  let rest = given;
  if (!tag.startsWith("00") && !rest.includes("$")) rest = rest.replace(OTHER_DELIMITERS, "$");
  if (!rest.includes("$")) return control(tag, unescaped(marcEdit ? rest.replace(/\\/g, " ") : rest));
  const found = INDICATORS.exec(rest);
  if (!found) return null;
  const [first, second] = [found[1] ?? " ", found[2] ?? " "];
  const subfields = rest
    .slice(found[0].length + 1)
    .split("$")
    .filter((part) => part !== "")
    .map((part): [string, string] => [part[0]!, unescaped(part.slice(1).replace(/^ +| +$/g, ""))]);
  return { tag, ind1: blank(first), ind2: blank(second), subfields, value: "" };
}

function blank(text: string): string {
  return text.length > 1 ? unescaped(text) : text.replace(/[#_\\]/, " ");
}

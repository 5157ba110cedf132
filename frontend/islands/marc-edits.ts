// The fields of a record while somebody edits them: every edit can be undone, and done again.
import { headingOf } from "./marc-headings";
import type { Field } from "./marc-lines";

const MOST_STEPS = 500;
/** What ties a heading to its authority. */
export const LINKS = ["0", "1"];

export interface Place {
  field: number;
  subfield: number;
}

interface State {
  fields: Field[];
  at: Place;
}

function copy(fields: Field[]): Field[] {
  return fields.map((field) => ({ ...field, subfields: field.subfields?.map(([code, text]): [string, string] => [code, text]) ?? null }));
}

export function newField(tag: string, like?: Field): Field {
  const isControl = tag.startsWith("00") || tag === "LDR";
  const first = like?.subfields?.[0]?.[0] ?? "a";
  return { tag, ind1: " ", ind2: " ", subfields: isControl ? null : [[first, ""]], value: "" };
}

export class Edits {
  fields: Field[];
  at: Place = { field: 0, subfield: 0 };
  private readonly past: State[] = [];
  private future: State[] = [];
  private typing = "";

  constructor(fields: Field[]) {
    this.fields = copy(fields);
  }

  /** Remember where things stand before an edit. Keystrokes in one place (`typing`) are one step. */
  private step(typing = ""): void {
    if (typing && typing === this.typing) return;
    this.typing = typing;
    this.past.push({ fields: copy(this.fields), at: { ...this.at } });
    if (this.past.length > MOST_STEPS) this.past.shift();
    this.future = [];
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  undo(): boolean {
    return this.travel(this.past, this.future);
  }

  redo(): boolean {
    return this.travel(this.future, this.past);
  }

  private travel(from: State[], to: State[]): boolean {
    const state = from.pop();
    if (!state) return false;
    to.push({ fields: copy(this.fields), at: { ...this.at } });
    [this.fields, this.at, this.typing] = [state.fields, state.at, ""];
    return true;
  }

  /** As `setText`, this and the other edits of a heading are true when its link to an authority went. */
  setTag(field: number, tag: string): boolean {
    this.step(`tag ${field}`);
    const one = this.fields[field]!;
    const told = headingOf({ ...one, tag: this.tagBefore(field) });
    one.tag = tag;
    if (tag.length < 3) return false;
    const isControl = tag.startsWith("00") || tag === "LDR";
    if (isControl && one.subfields !== null && one.subfields.every(([, text]) => text === "")) [one.subfields, one.value] = [null, ""];
    if (!isControl && one.subfields === null && one.value === "") one.subfields = [["a", ""]];
    return this.unlinked(field, told);
  }

  /** The tag that the field had before it is typed over, letter by letter. */
  private tagBefore(field: number): string {
    return this.past[this.past.length - 1]!.fields[field]!.tag;
  }

  setIndicator(field: number, which: 1 | 2, code: string): void {
    this.step(`indicator ${field} ${which}`);
    this.fields[field]![which === 1 ? "ind1" : "ind2"] = code || " ";
  }

  setCode(field: number, subfield: number, code: string): boolean {
    this.step(`code ${field} ${subfield}`);
    const one = this.fields[field]!;
    const told = headingOf(one);
    one.subfields![subfield]![0] = code;
    return this.unlinked(field, told, one.subfields![subfield]);
  }

  /** True when the link to an authority ($0, $1) went: it told of the heading that is typed over. */
  setText(field: number, subfield: number, text: string): boolean {
    this.step(`text ${field} ${subfield}`);
    const one = this.fields[field]!;
    if (one.subfields === null) {
      one.value = text;
      return false;
    }
    const told = headingOf(one);
    one.subfields[subfield]![1] = text;
    const isUnlinked = this.unlinked(field, told, one.subfields[subfield]);
    if (isUnlinked) this.typing = `text ${field} ${this.at.subfield}`;
    return isUnlinked;
  }

  /** Take the links out of a field whose heading is not `told` any more; `here` is the subfield to stay at. */
  private unlinked(field: number, told: string, here?: [string, string]): boolean {
    const one = this.fields[field]!;
    if (!one.subfields?.some(([code]) => LINKS.includes(code)) || headingOf(one) === told) return false;
    one.subfields = one.subfields.filter((each) => each === here || !LINKS.includes(each[0]));
    this.at = { field, subfield: Math.max(0, here ? one.subfields.indexOf(here) : Math.min(this.at.subfield, one.subfields.length - 1)) };
    return true;
  }

  setSubfields(field: number, subfields: [string, string][]): void {
    this.step();
    this.fields[field]!.subfields = subfields;
  }

  /** Put an established heading in the place of what a field says: its roles, titles and own subdivisions stay, the link is the new one. */
  setHeading(field: number, ind1: string, codes: string, heading: [string, string][]): void {
    const one = this.fields[field];
    if (!one?.subfields) return;
    this.step();
    const gone = new Set([...codes, ...heading.map(([code]) => code), "0"]);
    const link = heading.filter(([code]) => code === "0");
    const told = heading.filter(([code]) => code !== "0");
    const first = one.subfields.findIndex(([code]) => gone.has(code));
    const before = one.subfields.slice(0, Math.max(0, first)).filter(([code]) => !gone.has(code));
    const after = one.subfields.slice(Math.max(0, first)).filter(([code, text]) => !gone.has(code) && code !== "" && text !== "");
    one.subfields = [...before, ...told, ...after, ...link].map(([code, text]): [string, string] => [code, text]);
    if (!["50", "51", "55"].includes(one.tag.slice(1))) one.ind1 = ind1;
    this.at = { field, subfield: before.length + told.length - 1 };
  }

  insert(at: number, fields: Field[]): void {
    if (fields.length === 0) return;
    this.step();
    this.fields.splice(at, 0, ...copy(fields));
    this.at = { field: at, subfield: 0 };
  }

  duplicate(field: number): void {
    if (this.fields[field]?.tag === "LDR") return;
    this.insert(field + 1, [this.fields[field]!]);
  }

  /** Take a field out; the leader stays. */
  remove(field: number): void {
    if (this.fields[field]?.tag === "LDR" || !this.fields[field]) return;
    this.step();
    this.fields.splice(field, 1);
    this.at = { field: Math.min(field, this.fields.length - 1), subfield: 0 };
  }

  /** Move a field one place; nothing goes before the leader. */
  move(field: number, by: -1 | 1): void {
    const to = field + by;
    if (!this.fields[field] || !this.fields[to] || this.fields[field]!.tag === "LDR" || this.fields[to]!.tag === "LDR") return;
    this.step();
    [this.fields[field], this.fields[to]] = [this.fields[to]!, this.fields[field]!];
    this.at = { field: to, subfield: 0 };
  }

  addSubfield(field: number, after: number, code = ""): void {
    const subfields = this.fields[field]?.subfields;
    if (!subfields) return;
    this.step();
    subfields.splice(after + 1, 0, [code, ""]);
    this.at = { field, subfield: after + 1 };
  }

  removeSubfield(field: number, subfield: number): boolean {
    const subfields = this.fields[field]?.subfields;
    if (!subfields || subfields.length < 2) return false;
    this.step();
    const told = headingOf(this.fields[field]!);
    subfields.splice(subfield, 1);
    this.at = { field, subfield: Math.max(0, subfield - 1) };
    return this.unlinked(field, told);
  }

  moveSubfield(field: number, subfield: number, by: -1 | 1): boolean {
    const subfields = this.fields[field]?.subfields;
    const to = subfield + by;
    if (!subfields?.[subfield] || !subfields[to]) return false;
    this.step();
    const told = headingOf(this.fields[field]!);
    [subfields[subfield], subfields[to]] = [subfields[to]!, subfields[subfield]!];
    this.at = { field, subfield: to };
    return this.unlinked(field, told, subfields[to]);
  }

  /** Put characters into a fixed-length field, filling it with blanks as far as they reach. */
  setPlace(field: number, start: number, length: number, code: string): void {
    const one = this.fields[field]!;
    const text = one.value.padEnd(start + length, " ");
    this.setText(field, 0, text.slice(0, start) + code.padEnd(length, " ").slice(0, length) + text.slice(start + length));
    this.typing = "";
  }

  /** Where the first field stands whose tag begins so; after the last smaller one when there is none. */
  placeOf(tag: string): { at: number; found: boolean } {
    const at = this.fields.findIndex((field) => field.tag.startsWith(tag));
    if (at >= 0) return { at, found: true };
    const later = this.fields.findIndex((field) => field.tag !== "LDR" && field.tag > tag);
    return { at: later < 0 ? this.fields.length : later, found: false };
  }
}

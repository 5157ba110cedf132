// MARC 21 as the server tells it (formats/marc/marc21.json): names, help, and the codes of fixed-length fields.
import type { Field } from "./marc-lines";

interface Indicator {
  label: string;
  codes: Record<string, string>;
}

export interface FieldDefinition {
  label: string;
  repeat: boolean;
  ind1?: Indicator;
  ind2?: Indicator;
  subfields: Record<string, [string, boolean]>;
}

export interface FixedPlace {
  start: number;
  length: number;
  label: string;
  codes: [string, string][];
}

interface File {
  fields: Record<string, FieldDefinition>;
  fixed: Record<string, Record<string, [number, number, string, Record<string, string>][]>>;
  layouts: Record<string, Record<string, string>>;
  terms: Record<string, [string, string, string][]>;
  words: Record<string, string>;
  help: Record<string, [string, string]>;
  coded: Record<string, [string, string]>;
}

const COUNTED_OR_CONSTANT = new Set([0, 10, 11, 12, 20, 21, 22, 23]);

export class Definitions {
  constructor(
    private readonly file: File,
    private readonly language: string,
  ) {}

  name(label: string): string {
    return this.language === "id" ? (this.file.words[label] ?? label) : label;
  }

  field(tag: string): FieldDefinition | undefined {
    return this.file.fields[tag];
  }

  get tags(): [string, string][] {
    return Object.entries(this.file.fields).map(([tag, told]) => [tag, this.name(told.label)]);
  }

  label(tag: string): string {
    const told = this.file.fields[tag];
    return told ? this.name(told.label) : (this.file.coded[tag]?.[this.language === "id" ? 0 : 1] ?? "");
  }

  help(tag: string): string {
    const told = this.file.help[tag];
    return told ? told[this.language === "id" ? 0 : 1] : "";
  }

  /** The terms of 336, 337 and 338: in this language, with the term and code that the record gets. */
  terms(tag: string): { said: string; term: string; code: string }[] {
    return (this.file.terms[tag] ?? []).map(([term, code, said]) => ({ said: this.language === "id" ? `${said} (${term})` : term, term, code }));
  }

  /** The places of the leader, 006, 007 or 008 that a cataloguer chooses, by kind of material; none while the kind is not known. */
  places(field: Field, leader: string): FixedPlace[] {
    if (field.tag === "LDR") return this.layout("LDR", "").filter((place) => !COUNTED_OR_CONSTANT.has(place.start));
    const layouts = this.file.layouts[field.tag];
    if (!layouts) return [];
    const decides = field.tag === "008" ? leader[6] : field.value[0];
    let kind = layouts[decides ?? ""] ?? "";
    if (field.tag === "008" && "at".includes(leader[6] ?? "?") && "bis".includes(leader[7] ?? "?")) kind = "Continuing Resources";
    const common = this.layout(field.tag, field.tag === "007" ? "Common" : "All Materials");
    return [...common, ...this.layout(field.tag, kind)].sort((one, other) => one.start - other.start);
  }

  private layout(tag: string, kind: string): FixedPlace[] {
    return (this.file.fixed[tag]?.[kind] ?? []).map(([start, length, label, codes]) => ({
      start,
      length,
      label: this.name(label),
      codes: Object.entries(codes).map(([code, said]): [string, string] => [code, this.name(said)]),
    }));
  }
}

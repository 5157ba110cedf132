import type { Field } from "./marc-lines";

// Which kinds of established headings a field of a bibliographic record may have; empty where authorities control nothing.
const KINDS: Record<string, string> = { "00": "person", "10": "body", "11": "meeting", "30": "title" };
const SUBJECTS: Record<string, string> = { "50": "subject", "51": "place", "55": "genre" };

export function kindsOf(tag: string, code: string): string {
  if (code !== "a" || !/^[1678]\d\d$/.test(tag)) return "";
  const ending = tag.slice(1);
  return KINDS[ending] ?? (tag.startsWith("6") ? (SUBJECTS[ending] ?? "") : "");
}

const PARTS: Record<string, string> = { "00": "abcdq", "10": "abcdgn", "11": "acdegnq", "30": "adfgklmnoprs", "50": "abg", "51": "ag", "55": "a" };
const TITLES = "fklmnoprst";
const DIVISIONS = "vxyz";

/** Whether the subfield is part of what an established heading says there; roles, volumes and numbers are not. */
export function isPartOfHeading(tag: string, code: string): boolean {
  if (!/^[1678]\d\d$/.test(tag)) return false;
  const [first, ending] = [tag[0]!, tag.slice(1)];
  const parts = first === "6" || !["50", "51", "55"].includes(ending) ? PARTS[ending] : undefined;
  if (parts === undefined) return false;
  return parts.includes(code) || (["00", "10", "11"].includes(ending) && TITLES.includes(code)) || (first === "6" && DIVISIONS.includes(code));
}

/** What a field says as a heading, and of which kind; subfields that nobody has filled yet say nothing. */
export function headingOf(field: Field): string {
  const parts = (field.subfields ?? []).filter(([code, text]) => text !== "" && isPartOfHeading(field.tag, code));
  return JSON.stringify([parts.length ? field.tag.slice(1) : "", parts]);
}

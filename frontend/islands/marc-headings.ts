// Which kinds of established headings a field of a bibliographic record may have; empty where authorities control nothing.
const KINDS: Record<string, string> = { "00": "person", "10": "body", "11": "meeting", "30": "title" };
const SUBJECTS: Record<string, string> = { "50": "subject", "51": "place", "55": "genre" };

export function kindsOf(tag: string, code: string): string {
  if (code !== "a" || !/^[1678]\d\d$/.test(tag)) return "";
  const ending = tag.slice(1);
  return KINDS[ending] ?? (tag.startsWith("6") ? (SUBJECTS[ending] ?? "") : "");
}

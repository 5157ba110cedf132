// Of a file kept whole, the stretch that a player asks for.

/** What answers a request for this range of bytes (RFC 9110, section 14): a part of what was kept, or, asked in another way, all of it. */
export async function stretchOf(kept: Response, range: string | null): Promise<Response> {
  const asked = /^bytes=(\d+)-(\d*)$/.exec(range ?? "");
  if (!asked) return kept.clone();
  const whole = await kept.clone().blob();
  const first = Number(asked[1]);
  const last = Math.min(Number(asked[2] || Infinity), whole.size - 1);
  if (first > last) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${whole.size}` } });
  const headers = new Headers(kept.headers);
  headers.set("Content-Range", `bytes ${first}-${last}/${whole.size}`);
  headers.set("Content-Length", String(last - first + 1));
  return new Response(whole.slice(first, last + 1, whole.type), { status: 206, headers });
}

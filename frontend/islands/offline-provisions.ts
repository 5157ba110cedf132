// What the desk takes along of members: sealed by the server, encrypted on this device with a key that cannot be read out, and thrown away
// when its time is over. What does not bear the seal, then or when it is read again, is not used.

export interface Provisions {
  until: string;
  salt: string;
  members: Record<string, [initials: string, standing: string]>;
}

/** What the server sent, as it came, with its seal: r and s of ECDSA on P-256, in base64. */
export interface Sealed {
  text: string;
  seal: string;
}

export class Altered extends Error {}

export interface Locked {
  until: string;
  key: CryptoKey;
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

const DIGEST_LENGTH = 20;

/** What was sealed, read. Throws Altered for what does not bear the seal of this key (SubjectPublicKeyInfo, base64). */
export async function opened(sealed: Sealed, publicKey: string): Promise<Provisions> {
  const way = { name: "ECDSA", namedCurve: "P-256" };
  try {
    const key = await crypto.subtle.importKey("spki", bytes(publicKey), way, false, ["verify"]);
    const holds = await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, bytes(sealed.seal), new TextEncoder().encode(sealed.text));
    if (holds) return JSON.parse(sealed.text) as Provisions;
  } catch {
    // No key, or no seal that could be one.
  }
  throw new Altered();
}

/** The same, kept: encrypted with what was sealed, so that it is judged again when it is read. */
export async function lock(sealed: Sealed, publicKey: string): Promise<Locked> {
  const { until } = await opened(sealed, publicKey);
  return locked(until, sealed);
}

/** What was kept sealed; nothing once its time is over. Throws Altered when anything of it was changed on the device. */
export async function unlock(kept: Locked | undefined, publicKey: string, now: Date): Promise<Provisions | undefined> {
  if (kept === undefined) return undefined;
  let sealed: Sealed;
  try {
    sealed = (await decrypted(kept)) as Sealed;
  } catch {
    throw new Altered();
  }
  const provisions = await opened(sealed, publicKey);
  return new Date(provisions.until) <= now ? undefined : provisions;
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
}

async function locked(until: string, sealed: Sealed): Promise<Locked> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(sealed)));
  return { until, key, iv, data };
}

async function decrypted(kept: Locked): Promise<unknown> {
  const data = await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, kept.key, kept.data);
  return JSON.parse(new TextDecoder().decode(data));
}

/** How the member of this number stands; nothing when nobody has it. */
export async function memberOf(provisions: Provisions | undefined, number: string): Promise<[string, string] | undefined> {
  if (provisions === undefined) return undefined;
  const sum = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(provisions.salt + number.trim().toUpperCase()));
  const hex = [...new Uint8Array(sum)].map((each) => each.toString(16).padStart(2, "0")).join("");
  return provisions.members[hex.slice(0, DIGEST_LENGTH)];
}

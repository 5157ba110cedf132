// What the desk takes along of members: encrypted on this device with a key that cannot be read out, and thrown away when its time is over.

export interface Provisions {
  until: string;
  salt: string;
  members: Record<string, [initials: string, standing: string]>;
}

export interface Locked {
  until: string;
  key: CryptoKey;
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

const DIGEST_LENGTH = 20;

export async function lock(provisions: Provisions): Promise<Locked> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(provisions)));
  return { until: provisions.until, key, iv, data };
}

/** What was locked; nothing once its time is over. */
export async function unlock(locked: Locked | undefined, now: Date): Promise<Provisions | undefined> {
  if (locked === undefined || new Date(locked.until) <= now) return undefined;
  const data = await crypto.subtle.decrypt({ name: "AES-GCM", iv: locked.iv }, locked.key, locked.data);
  return JSON.parse(new TextDecoder().decode(data)) as Provisions;
}

/** How the member of this number stands; nothing when nobody has it. */
export async function memberOf(provisions: Provisions | undefined, number: string): Promise<[string, string] | undefined> {
  if (provisions === undefined) return undefined;
  const sum = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(provisions.salt + number.trim().toUpperCase()));
  const hex = [...new Uint8Array(sum)].map((each) => each.toString(16).padStart(2, "0")).join("");
  return provisions.members[hex.slice(0, DIGEST_LENGTH)];
}

// What a device keeps of a count or of a door: the lines it took along, and every scan or form until the server has it. Kept in
// IndexedDB, on the disk before it is answered, so that nothing is lost when the browser is closed or killed.
import type { Snapshot } from "./stock-take-codes";

export interface Read {
  code: string;
  at: string;
  place: number | null;
  form?: Record<string, string>;
  /** Who did it, as the page named them; whoever sends it may be somebody else by then. */
  by?: string;
  /** Sent once at least without an answer: the server may have it. */
  isMaybeSent?: boolean;
}

/** What taking back comes to: the server has it; it never had it; or it may have it, and is told as soon as it can be. */
export type TakenBack = "sent" | "never-sent" | "to-be-told";

export interface Kept extends Read {
  take: string;
  sequence: number;
}

const NAME = "lumbung-stock-take";
const STRICT: IDBTransactionOptions = { durability: "strict" };

export class Store {
  private constructor(
    private readonly base: IDBDatabase,
    private readonly take: string,
  ) {}

  static open(take: string): Promise<Store> {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("scans", { keyPath: ["take", "sequence"] });
      asked.result.createObjectStore("notes");
    };
    return answer(asked).then((base) => new Store(base, take));
  }

  /** The name this telephone gave itself once. */
  async device(): Promise<string> {
    const notes = this.base.transaction("notes", "readwrite", STRICT).objectStore("notes");
    const known = (await answer(notes.get("device"))) as string | undefined;
    if (known !== undefined) return known;
    const made = `HP-${[...crypto.getRandomValues(new Uint8Array(4))].map((each) => each.toString(16).padStart(2, "0")).join("")}`;
    await answer(notes.put(made, "device"));
    return made;
  }

  async snapshot(): Promise<Snapshot | undefined> {
    return (await answer(this.base.transaction("notes").objectStore("notes").get(`snapshot ${this.take}`))) as Snapshot | undefined;
  }

  async takeAlong(snapshot: Snapshot): Promise<void> {
    await done(this.base.transaction("notes", "readwrite"), (change) => change.objectStore("notes").put(snapshot, `snapshot ${this.take}`));
  }

  /** Keeps the scans under the next numbers of this telephone; they are on the disk when the promise is fulfilled. */
  async keep(scans: Read[]): Promise<number[]> {
    const change = this.base.transaction(["scans", "notes"], "readwrite", STRICT);
    const counter = `sequence ${this.take}`;
    const last = ((await answer(change.objectStore("notes").get(counter))) as number | undefined) ?? 0;
    const kept: Kept[] = scans.map((scan, at) => ({ ...scan, take: this.take, sequence: last + at + 1 }));
    await done(change, () => {
      change.objectStore("notes").put(last + kept.length, counter);
      for (const scan of kept) change.objectStore("scans").add(scan);
    });
    return kept.map((scan) => scan.sequence);
  }

  /** The scans the server has not confirmed, the oldest first. */
  async waiting(most: number): Promise<Kept[]> {
    return (await answer(this.scans().getAll(this.ours(), most))) as Kept[];
  }

  async count(): Promise<number> {
    return answer(this.scans().count(this.ours()));
  }

  /** What of anything kept here, by name and number, the server has not confirmed. */
  async everything(): Promise<[string, number][]> {
    return (await answer(this.scans().getAllKeys())) as [string, number][];
  }

  async forget(sequences: number[]): Promise<void> {
    await done(this.base.transaction("scans", "readwrite"), (change) => {
      for (const sequence of sequences) change.objectStore("scans").delete([this.take, sequence]);
    });
  }

  /** Remembers before they are sent that the server may have them from now on: the answer can be lost. */
  async beforeSending(kept: Kept[]): Promise<void> {
    await done(this.base.transaction("scans", "readwrite", STRICT), (change) => {
      for (const each of kept) change.objectStore("scans").put({ ...each, isMaybeSent: true });
    });
  }

  /** Takes one back. What the server may have stays, as taken back, until the server has been told. */
  async takeBack(sequence: number): Promise<TakenBack> {
    const change = this.base.transaction("scans", "readwrite", STRICT);
    const scans = change.objectStore("scans");
    const kept = (await answer(scans.get([this.take, sequence]))) as Kept | undefined;
    if (kept === undefined) return "sent";
    const isMaybeSent = kept.isMaybeSent === true;
    await done(change, () => {
      if (isMaybeSent) scans.put({ ...kept, form: { ...kept.form, taken_back: "yes" } });
      else scans.delete([this.take, sequence]);
    });
    return isMaybeSent ? "to-be-told" : "never-sent";
  }

  private scans(): IDBObjectStore {
    return this.base.transaction("scans").objectStore("scans");
  }

  private ours(): IDBKeyRange {
    return IDBKeyRange.bound([this.take, 0], [this.take, Number.MAX_SAFE_INTEGER]);
  }
}

function answer<Told>(request: IDBRequest<Told>): Promise<Told> {
  return new Promise((tell, fail) => {
    request.onsuccess = () => tell(request.result);
    request.onerror = () => fail(request.error);
  });
}

function done(change: IDBTransaction, write: (change: IDBTransaction) => void): Promise<void> {
  return new Promise((tell, fail) => {
    change.oncomplete = () => tell();
    change.onerror = change.onabort = () => fail(change.error);
    write(change);
  });
}

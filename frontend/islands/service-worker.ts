// What service workers here have in common: they take over at once, and where the network does not answer in time, what is kept does.

export interface Fetched extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
  waitUntil(work: Promise<unknown>): void;
}

type Scope = EventTarget & { skipWaiting(): Promise<void>; clients: { claim(): Promise<void> }; registration: { scope: string } };
export const worker = self as unknown as Scope;

/** The program is being renewed, or the machine before it does not reach it. */
const SERVER_AWAY = 500;

/** Stand in for the worker before this one, after this work, and answer what is fetched. */
export function takeOver(answer: (event: Fetched) => void, before: () => Promise<unknown> = () => Promise.resolve()): void {
  worker.addEventListener("install", (event) => (event as Fetched).waitUntil(worker.skipWaiting()));
  worker.addEventListener("activate", (event) => (event as Fetched).waitUntil(before().then(() => worker.clients.claim())));
  worker.addEventListener("fetch", (event) => answer(event as Fetched));
}

/** What comes from the network; what is kept where nothing comes within so many milliseconds, or the server is away. */
export function orKept(fresh: Promise<Response>, kept: Response, patience: number): Promise<Response> {
  const answered = fresh.then((answer) => (answer.status >= SERVER_AWAY ? kept.clone() : answer)).catch(() => kept.clone());
  return Promise.race([answered, new Promise<Response>((tell) => setTimeout(() => tell(kept.clone()), patience))]);
}

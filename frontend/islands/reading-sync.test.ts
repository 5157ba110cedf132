import assert from "node:assert/strict";
import { test } from "node:test";
import { pagePlace } from "./reading-places";
import { Sync, type Mark, type Position } from "./reading-sync";

class Shelf {
  private readonly kept = new Map<string, string>();
  getItem = (name: string): string | null => this.kept.get(name) ?? null;
  setItem = (name: string, value: string): void => void this.kept.set(name, value);
}

/** A server that keeps the last position and all marks, as ours does where nothing clashes. */
class Server {
  position: Position | null = null;
  marks: Mark[] = [];
  isUp = true;
  ask = async (_address: string, init?: RequestInit): Promise<Response> => {
    if (!this.isUp) throw new TypeError("no connection");
    if (init?.method === "POST") {
      const told = JSON.parse(String(init.body)) as { device: string; position: Omit<Position, "device"> | null; marks: Mark[] };
      if (told.position && (!this.position || told.position.at >= this.position.at)) this.position = { device: told.device, ...told.position };
      for (const mark of told.marks) this.marks = [...this.marks.filter((each) => each.key !== mark.key), { ...mark, version: mark.version + 1 }];
    }
    return new Response(JSON.stringify({ position: this.position, marks: this.marks }));
  };
}

const on = (server: Server, shelf = new Shelf()): Sync => new Sync("/files/7/reading", true, () => "token", shelf, server.ask);
const at = (second: number): Date => new Date(Date.UTC(2026, 10, 29, 8, 0, second));

test("what is read on the phone is where the laptop goes on", async () => {
  const server = new Server();
  const phone = on(server);
  phone.moveTo(pagePlace(12, 40), at(1));
  assert.equal(await phone.bring(), null);
  const elsewhere = await on(server).bring();
  assert.equal(elsewhere?.locator.locations?.position, 12);
});

test("a device that is ahead is not called back", async () => {
  const server = new Server();
  const [phone, laptop] = [on(server), on(server)];
  phone.moveTo(pagePlace(12, 40), at(1));
  await phone.bring();
  laptop.moveTo(pagePlace(20, 40), at(5));
  assert.equal(await laptop.bring(), null);
  assert.equal((await phone.bring())?.locator.locations?.position, 20);
});

test("without a connection everything waits, survives a closed page, and goes out later", async () => {
  const [server, shelf] = [new Server(), new Shelf()];
  server.isUp = false;
  const phone = on(server, shelf);
  phone.moveTo(pagePlace(3, 40), at(1));
  phone.put({ kind: "note", locator: pagePlace(3, 40), note: "Tanyakan ke dosen" }, at(2));
  assert.equal(await phone.bring(), null);
  assert.equal(phone.isSent, false);
  server.isUp = true;
  const again = on(server, shelf);
  await again.bring();
  assert.equal(again.isSent, true);
  assert.deepEqual(server.marks.map((mark) => mark.note), ["Tanyakan ke dosen"]);
  assert.equal(server.position?.locator.locations?.position, 3);
});

test("what was removed on one device goes from the other", async () => {
  const server = new Server();
  const [phone, laptop] = [on(server), on(server)];
  const mark = phone.put({ kind: "bookmark", locator: pagePlace(3, 40) }, at(1));
  await phone.bring();
  await laptop.bring();
  assert.equal(laptop.marks.length, 1);
  laptop.remove(mark.key);
  await laptop.bring();
  await phone.bring();
  assert.deepEqual(phone.marks, []);
});

test("who is not signed in keeps a place on this device and asks nobody", async () => {
  const server = new Server();
  const stranger = new Sync("/files/7/reading", false, () => "", new Shelf(), server.ask);
  stranger.moveTo(pagePlace(5, 9), at(1));
  assert.equal(await stranger.bring(), null);
  assert.equal(server.position, null);
  assert.equal(stranger.position?.locator.locations?.position, 5);
});

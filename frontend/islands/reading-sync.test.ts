import assert from "node:assert/strict";
import { test } from "node:test";
import { pagePlace } from "./reading-places";
import { Sync, type Mark, type Position } from "./reading-sync";

class Shelf {
  private readonly kept = new Map<string, string>();
  getItem = (name: string): string | null => this.kept.get(name) ?? null;
  setItem = (name: string, value: string): void => void this.kept.set(name, value);
  removeItem = (name: string): void => void this.kept.delete(name);
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

const on = (server: Server, shelf = new Shelf(), reader = "12"): Sync => new Sync("/files/7/reading", reader, () => "token", shelf, server.ask);
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

test("what one reader marked on a device is not another's, and waits for the one who made it", async () => {
  const [server, shelf] = [new Server(), new Shelf()];
  server.isUp = false;
  const ani = on(server, shelf, "12");
  ani.put({ kind: "note", locator: pagePlace(3, 40), note: "Milik Ani" });
  ani.moveTo(pagePlace(3, 40));
  await ani.bring();
  server.isUp = true;
  const budi = on(server, shelf, "13");
  await budi.bring();
  assert.deepEqual([budi.marks, budi.position, server.marks], [[], null, []]);
  await on(server, shelf, "12").bring();
  assert.deepEqual(server.marks.map((mark) => mark.note), ["Milik Ani"]);
});

test("who signs in takes along what they marked before", async () => {
  const [server, shelf] = [new Server(), new Shelf()];
  const before = on(server, shelf, "");
  before.put({ kind: "note", locator: pagePlace(3, 40), note: "Sebelum masuk" });
  before.moveTo(pagePlace(5, 40));
  await before.bring();
  assert.deepEqual(server.marks, []);
  const ani = on(server, shelf, "12");
  await ani.bring();
  assert.deepEqual([server.marks[0]?.note, server.position?.locator.locations?.position], ["Sebelum masuk", 5]);
  assert.deepEqual([on(server, shelf, "").marks, on(server, shelf, "").position], [[], null]);
});

// Builds the browser bundle into the package: one style sheet, one script for the public, one for staff; the static files storage
// gives them their hashed names later.
import { cp } from "node:fs/promises";
import { build } from "esbuild";

const target = "src/lumbung/kernel/static/lumbung";

await build({
  entryPoints: {
    lumbung: "frontend/styles/lumbung.css",
    islands: "frontend/islands/index.ts",
    staff: "frontend/islands/staff.ts",
    gate: "frontend/islands/gate.ts",
    phone: "frontend/islands/phone.ts",
    "piece-upload": "frontend/islands/piece-upload.ts",
    kiosk: "frontend/islands/kiosk.ts",
    "kiosk-worker": "frontend/islands/kiosk-worker.ts",
    offline: "frontend/islands/offline.ts",
    "offline-worker": "frontend/islands/offline-worker.ts",
    "stock-take-worker": "frontend/islands/stock-take-worker.ts",
    "gate-worker": "frontend/islands/gate-worker.ts",
    reader: "frontend/islands/reader.ts",
    kept: "frontend/islands/kept.ts",
    "reader-worker": "frontend/islands/reader-worker.ts",
    "reader-looks": "frontend/styles/reader.css",
  },
  outdir: target,
  bundle: true,
  minify: true,
  target: ["chrome99", "firefox97", "safari15.4"],
  external: ["*.svg"],
  logLevel: "warning",
});
// Fetched by the pages themselves, when a telephone or a book needs it.
await build({
  entryPoints: { "barcode-reader": "frontend/islands/barcode-reader.ts", "reader-epub": "frontend/islands/reader-epub.ts", "reader-image": "frontend/islands/reader-image.ts" },
  outdir: target,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome99", "firefox97", "safari15.4"],
  logLevel: "warning",
});
await cp("frontend/static", target, { recursive: true });

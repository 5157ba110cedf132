// Runs islands/*.test.ts with node's own test runner, each bundled first as the browser would get it.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const tests = readdirSync("frontend/islands").filter((name) => name.endsWith(".test.ts"));
const folder = mkdtempSync(join("node_modules", ".islands-"));
try {
  await build({
    entryPoints: tests.map((name) => join("frontend/islands", name)),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "warning",
  });
  const files = readdirSync(folder).map((name) => join(folder, name));
  const { status } = spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit" });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}

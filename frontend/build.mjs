// Builds the browser bundle into the package: one style sheet and one script, hashed later by the static files storage.
import { build } from "esbuild";

await build({
  entryPoints: { lumbung: "frontend/styles/lumbung.css", islands: "frontend/islands/index.ts" },
  outdir: "src/lumbung/kernel/static/lumbung",
  bundle: true,
  minify: true,
  target: ["chrome90", "firefox90", "safari14"],
  external: ["*.svg"],
  logLevel: "warning",
});

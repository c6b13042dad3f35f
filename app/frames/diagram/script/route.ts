import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

/** Read and packed once: 2.6 MB, of which 0.7 go over the wire. */
let packed: Promise<Buffer<ArrayBuffer>> | undefined;

async function pack(): Promise<Buffer<ArrayBuffer>> {
  // From the project's folder: the bundler would otherwise take the file into the server's own code.
  const file = createRequire(join(process.cwd(), "package.json")).resolve("@mermaid-js/tiny");
  return promisify(gzip)(await readFile(file));
}

/** The library that draws diagrams, for the frame beside this and for nothing else; it changes only with our version. */
export async function GET(): Promise<Response> {
  packed ??= pack();
  return new Response(new Uint8Array(await packed), {
    headers: {
      "content-type": "text/javascript; charset=utf-8",
      "content-encoding": "gzip",
      "cache-control": "public, max-age=86400",
    },
  });
}

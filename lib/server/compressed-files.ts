import "server-only";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";

const URL_PREFIX = "/_next/static/";
const DIRECTORY = ".next/static";

const TYPES: Readonly<Record<string, string>> = {
  ".js": "application/javascript; charset=UTF-8",
  ".css": "text/css; charset=UTF-8",
  ".svg": "image/svg+xml",
  ".json": "application/json; charset=UTF-8",
};

type CompressedFile = { type: string; br: Buffer; gzip: Buffer };
export type CompressedFiles = ReadonlyMap<string, CompressedFile>;

/** What `npm run build` has compressed, by address. A few hundred kB; empty when nothing was built. */
export function loadCompressedFiles(directory = DIRECTORY): CompressedFiles {
  const files = new Map<string, CompressedFile>();
  if (!existsSync(directory)) return files;
  for (const name of readdirSync(directory, { recursive: true, encoding: "utf8" })) {
    const plain = name.replace(/\.br$/, "");
    const type = TYPES[path.extname(plain)];
    if (plain === name || type === undefined) continue;
    const file = path.join(directory, plain);
    const br = readFileSync(`${file}.br`);
    files.set(`${URL_PREFIX}${plain.split(path.sep).join("/")}`, { type, br, gzip: readFileSync(`${file}.gz`) });
  }
  return files;
}

/**
 * Answers with the compressed form of a file of the build. The names hold a hash of the content, so it is kept for good.
 *
 * @returns `false` when nothing was answered: there is no such file, or the client takes neither form.
 */
export function serveCompressed(files: CompressedFiles, message: IncomingMessage, response: ServerResponse): boolean {
  const url = message.url ?? "";
  if (!url.startsWith(URL_PREFIX) || (message.method !== "GET" && message.method !== "HEAD")) return false;
  const mark = url.indexOf("?");
  const file = files.get(decodeAddress(mark === -1 ? url : url.slice(0, mark)));
  const encoding = encodingFor(message.headers["accept-encoding"]);
  if (file === undefined || encoding === undefined) return false;
  const body = encoding === "br" ? file.br : file.gzip;
  response.writeHead(200, {
    "content-type": file.type,
    "content-encoding": encoding,
    "content-length": body.length,
    "cache-control": "public, max-age=31536000, immutable",
    vary: "Accept-Encoding",
    "x-content-type-options": "nosniff",
  });
  response.end(message.method === "HEAD" ? undefined : body);
  return true;
}

function decodeAddress(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** The smaller form that the client takes; a quality of 0 refuses one (RFC 9110, section 12.5.3). */
function encodingFor(accepted: string | string[] | undefined): "br" | "gzip" | undefined {
  const taken = String(accepted ?? "")
    .split(",")
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
    .map((part) => part.split(";")[0]?.trim());
  return (["br", "gzip"] as const).find((encoding) => taken.includes(encoding));
}

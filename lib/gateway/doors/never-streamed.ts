import type { StreamWriter } from "./door";

/** For forms whose requests cannot ask for a stream. */
export function neverStreamed(): StreamWriter {
  throw new Error("an answer of this kind is never streamed");
}
